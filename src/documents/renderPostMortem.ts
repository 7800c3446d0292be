import type { IncidentState } from '../incident/state.ts';
import { partsOf } from './generatedParts.ts';
import { inline } from './markdownText.ts';
import { postMortemView } from './postMortemView.ts';
import { renderWithTemplates } from './readTemplate.ts';
import type { RenderedText, TemplatePlaces } from './readTemplate.ts';
import { partsList } from './refreshDocument.ts';

/**
 * `post-mortem.md` as it is when nobody has written in it. To write it again over what people wrote, give it to
 * `refreshDocument`; to let that merge, keep this text as evidence of each writing.
 * @throws IncidentError `storage` when the bundled template cannot be used.
 */
export async function renderPostMortem(
  state: IncidentState,
  zone: string,
  places: TemplatePlaces,
): Promise<RenderedText> {
  const rendered = await renderWithTemplates('post-mortem', postMortemView(state, zone), places, cellText);
  const names = partsOf(rendered.text).flatMap((part) => (part.kind === 'generated' ? [part.name] : []));
  return { ...rendered, text: `${rendered.text}\n${partsList(names)}\n` };
}

/** A document of megabytes is no longer read; the whole of a long text is in `timeline.md`. */
function cellText(text: string): string {
  return inline(text, 800);
}
