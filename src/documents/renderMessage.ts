import type { IncidentState } from '../incident/state.ts';
import type { UpdateKind } from '../incident/words.ts';
import { messageText } from './messageText.ts';
import { messageView } from './messageView.ts';
import type { MessageInputs, WritingMoment } from './messageView.ts';
import { renderWithTemplates } from './readTemplate.ts';
import type { RenderedText, TemplatePlaces } from './readTemplate.ts';

/**
 * One of the protocol's three messages as Markdown, one field a line.
 * @throws IncidentError `storage` when the bundled template cannot be used.
 */
export async function renderMessage(
  state: IncidentState,
  kind: UpdateKind,
  inputs: MessageInputs,
  options: WritingMoment & TemplatePlaces,
): Promise<RenderedText> {
  return renderWithTemplates(kind, messageView(state, kind, inputs, options), options, messageText);
}
