import type { IncidentState } from '../incident/state.ts';
import { evidencePath } from './evidencePath.ts';
import { inline } from './markdownText.ts';
import { formatTime } from './timeText.ts';
import { asMarkdown } from './viewText.ts';
import type { Markdown } from './viewText.ts';
import { checkName, personName } from './wordNames.ts';

/** A chart as a document shows it. */
export interface ChartRow {
  /** The picture beside the document, by its title. */
  readonly image: Markdown;
  /** Which check kept it, where its numbers come from, and who exported it when. */
  readonly caption: Markdown;
}

const titleLimit = 200;
const sourceLimit = 800;

/** The charts that were exported, as pictures with where they come from. */
export function chartRows(state: IncidentState, zone: string): readonly ChartRow[] {
  return state.charts.map(({ check, title, source, evidence, at, by }) => ({
    image: asMarkdown(
      evidence
        .map((ref) => imageOf(inline(title.trim() === '' ? ref.name : title, titleLimit), evidencePath(ref)))
        .join('\n'),
    ),
    caption: asMarkdown(
      `From ${inline(source.trim() === '' ? 'an unknown source' : source, sourceLimit)}, as kept by the check “${inline(checkName(check, state.policy))}”. ` +
        `Exported by ${inline(personName(by))}, ${formatTime(at, zone)}.`,
    ),
  }));
}

/** `label` is escaped; `target` is made by our code. */
function imageOf(label: string, target: string): string {
  return `![${label}](${target})`;
}
