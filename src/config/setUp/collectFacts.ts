import { UnreadableConfiguration } from '../../changes/configuration/configurationFormat.ts';
import { refuseCancelled } from '../../incident/defineUseCase.ts';
import type { Fact, FactReader } from './facts.ts';
import { composeFacts } from './readers/composeFacts.ts';
import { kubernetesFacts } from './readers/kubernetesFacts.ts';
import { openSloFacts } from './readers/openSloFacts.ts';
import { ownerFacts } from './readers/ownerFacts.ts';
import { packageFacts } from './readers/packageFacts.ts';
import { prometheusFacts } from './readers/prometheusFacts.ts';
import { routeFacts } from './readers/routeFacts.ts';
import { serverLogFacts } from './readers/serverLogFacts.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

/** What the files of a folder say, and what was not looked at. */
export interface CollectedFacts {
  readonly facts: readonly Fact[];
  /** Sentences: which files could not be read, and where the look ended. */
  readonly doubts: readonly string[];
}

const settings =
  /\.ya?ml$|(?:^|\/)CODEOWNERS$|(?:^|\/)(?:package\.json|go\.mod|pyproject\.toml|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?)$|\.conf$/;
const ignored =
  /(?:^|\/)(?:pnpm-lock\.yaml|\.github\/workflows\/|mayday\.yaml$)|(?:^|\/)(?:tests?|__tests__|fixtures|testdata|examples?)\//;
const programs = /\.(?:[cm]?[jt]sx?|py|go|java|kt|rb|rs|cs|php)$/;
const readers: readonly FactReader[] = [
  kubernetesFacts,
  composeFacts,
  prometheusFacts,
  openSloFacts,
  ownerFacts,
  packageFacts,
  serverLogFacts,
];

const mostSettings = 2000;
const mostPrograms = 3000;
const mostDoubts = 5;

/** Reads the files that may say how things run: settings first, then programs for their routes. Throws IncidentError `cancelled`. */
export async function collectFacts(
  files: WorkspaceFiles,
  folder: string,
  signal: AbortSignal,
): Promise<CollectedFacts> {
  const { paths, isCut } = await files.list(folder, signal);
  const wanted = paths.filter((path) => !ignored.test(path));
  const ofSettings = wanted.filter((path) => settings.test(path));
  const ofPrograms = wanted.filter((path) => programs.test(path));
  const unread: string[] = [];
  const facts: Fact[] = [];
  for (const path of [...ofSettings.slice(0, mostSettings), ...ofPrograms.slice(0, mostPrograms)]) {
    refuseCancelled(signal);
    const text = await files.read(folder, path);
    if (text === undefined || text.includes('\0')) continue;
    for (const reader of programs.test(path) ? [routeFacts] : readers) {
      try {
        // As arguments of one call, those of a long file would not fit on the stack.
        for (const fact of reader(path, text)) facts.push(fact);
      } catch (error) {
        if (!(error instanceof UnreadableConfiguration)) throw error;
        unread.push(`${path} could not be read: ${error.message}.`);
      }
    }
  }
  const once = [...new Set(unread)];
  return {
    facts,
    doubts: [
      ...once.slice(0, mostDoubts),
      ...(once.length > mostDoubts ? [`${String(once.length - mostDoubts)} more files could not be read.`] : []),
      ...(isCut ? [`Only the first ${String(paths.length)} files were looked at.`] : []),
      ...(ofSettings.length > mostSettings
        ? [`Of ${String(ofSettings.length)} files of settings ${String(mostSettings)} were read.`]
        : []),
      ...(ofPrograms.length > mostPrograms
        ? [`Of ${String(ofPrograms.length)} programs ${String(mostPrograms)} were read.`]
        : []),
    ],
  };
}
