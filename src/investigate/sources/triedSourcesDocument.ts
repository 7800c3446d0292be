import { inline } from '../../documents/markdownText.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { TriedSource } from './testDataSources.ts';

const marks = { failed: '✗', answered: '✓', absent: '–' } as const;
const titles = { failed: 'Failed', answered: 'Answered', absent: 'Not there, and named by nobody' } as const;

/** What was tried, as Markdown: what failed first, with what to do about it. */
export function triedSourcesDocument(sources: readonly TriedSource[], at: IsoTime): string {
  const folders = new Set(sources.map(({ folder }) => folder)).size;
  const parts = (['failed', 'answered', 'absent'] as const).flatMap((outcome) => {
    const found = sources.filter((source) => source.outcome === outcome);
    if (found.length === 0) return [];
    return [
      `## ${titles[outcome]}: ${String(found.length)}`,
      '',
      ...found.map((source) => row(source, folders > 1)),
      '',
    ];
  });
  const nothing = [
    'mayday.yaml names nothing that can be tried. *Incident: Set Up This Workspace* proposes a first version from what the repository holds.',
    '',
  ];
  return ['# Data sources of mayday.yaml', '', `Tried at ${at}.`, '', ...(parts.length > 0 ? parts : nothing)].join(
    '\n',
  );
}

function row({ outcome, subject, name, source, text, hint, ms, folder }: TriedSource, withFolder: boolean): string {
  const whose = `${inline(subject)} · ${inline(name)}`;
  const where = withFolder ? `${inline(source)} · ${inline(folder)}` : inline(source);
  const advice = hint === undefined ? '' : ` ${inline(hint)}`;
  return `- ${marks[outcome]} **${whose}** (${where}): ${inline(text.replace(/\.$/, ''))}. ${String(ms)} ms.${advice}`;
}
