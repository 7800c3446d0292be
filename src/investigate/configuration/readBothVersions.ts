import { classifyConfiguration } from '../../changes/configuration/classifyConfiguration.ts';
import type { ReadVersions } from '../../changes/configuration/compareVersions.ts';
import type { ConfigurationFormat } from '../../changes/configuration/configurationFormat.ts';
import type {
  ChangedVersions,
  Content,
  ReadsVersions,
  TellContent,
  VersionRange,
  WantedContent,
} from '../../changes/configuration/readsVersions.ts';

/** The files to read, from which repository. */
export interface Reading {
  readonly versions: ReadsVersions;
  readonly repository: string;
  readonly range: VersionRange;
  readonly files: readonly ChangedVersions[];
  readonly formats: readonly ConfigurationFormat[];
  readonly signal: AbortSignal | undefined;
}

/**
 * Both contents of files and what their formats read beside them, by one call of git and as they come: in the order of `files`,
 * but last what something is missing of.
 */
export async function* readBothVersions({
  versions,
  repository,
  range,
  files,
  formats,
  signal,
}: Reading): AsyncGenerator<ReadVersions, void> {
  const wanted: WantedContent[] = [];
  const want = (one: WantedContent | undefined): number => (one === undefined ? -1 : wanted.push(one) - 1);
  const places = files.map((file): Places => ({
    file,
    before: want(file.before === undefined ? undefined : { blob: file.before }),
    after: want(file.after === undefined ? undefined : { blob: file.after }),
    beside: besideOf(file.path, formats).map((name) => [name, want({ path: name })] as const),
    end: wanted.length,
  }));
  if (wanted.length === 0) return;
  const come = arriving((read) =>
    versions.contents(repository, range, wanted, { read, ...(signal === undefined ? {} : { signal }) }),
  );
  const late: Places[] = [];
  let begin = 0;
  for (const place of places) {
    const contents = await come(place.end);
    if (isWhole(contents, begin, place.end)) yield versionsAt(place, contents);
    else late.push(place);
    begin = place.end;
  }
  const all = await come(Infinity);
  for (const place of late) yield versionsAt(place, all);
}

/** A file, and where its contents stand among those that are wanted; -1 for none. */
interface Places {
  readonly file: ChangedVersions;
  readonly before: number;
  readonly after: number;
  readonly beside: readonly (readonly [path: string, place: number])[];
  readonly end: number;
}

type Come = readonly (Content | undefined)[];

function isWhole(contents: Come, begin: number, end: number): boolean {
  for (let at = begin; at < end; at++) if (contents[at] === undefined) return false;
  return true;
}

function versionsAt({ file, before, after, beside }: Places, contents: Come): ReadVersions {
  const at = (place: number): Content => contents[place] ?? { kind: 'absent' };
  const near = beside.flatMap(([name, place]) => {
    const content = at(place);
    return content.kind === 'text' ? [[name, content.text] as const] : [];
  });
  const { status, path, oldPath, kind } = file;
  return {
    ...{ status, path, isLink: kind === 'symlink', before: at(before), after: at(after), beside: new Map(near) },
    ...(oldPath === undefined ? {} : { oldPath }),
  };
}

/** Begins to read; what it gives resolves with what has come, once as many have or nothing more will. */
function arriving(begin: (read: TellContent) => Promise<readonly Content[]>): (count: number) => Promise<Come> {
  const come: (Content | undefined)[] = [];
  let wake = (): void => undefined;
  const all = begin((content, index) => {
    come[index] = content;
    wake();
  });
  // Whoever waits is told; nobody may be waiting yet.
  all.catch(() => undefined);
  return async (count) => {
    while (come.length < count) {
      const next = new Promise<undefined>((resolve) => {
        wake = () => {
          resolve(undefined);
        };
      });
      const whole = await Promise.race([next, all]);
      if (whole !== undefined) return whole;
    }
    return come;
  };
}

/** Paths that a file's format reads beside it. A format that a path does not give away has none. */
export function besideOf(path: string, formats: readonly ConfigurationFormat[]): readonly string[] {
  return classifyConfiguration(path, undefined, formats)?.beside?.(path) ?? [];
}
