import type { EnvironmentRead } from './environmentRead.ts';
import { isPlatformVariable } from './platformVariables.ts';

/** What one file reads in both of its versions. */
export interface FileReads {
  /** In the later version; where it was, when it is gone. */
  readonly path: string;
  readonly oldPath?: string;
  readonly before: readonly EnvironmentRead[];
  readonly after: readonly EnvironmentRead[];
}

/** A place in a file; lines are counted from 1. */
export interface ReadPlace {
  readonly path: string;
  readonly line: number;
}

/** A variable that is read by one version of some files, and by no file of the other. */
export interface ReadChange {
  readonly name: string;
  readonly kind: 'began' | 'ceased';
  /** Of the version that reads it. */
  readonly reads: readonly ReadPlace[];
  /** True when every one of these places has a default. */
  readonly hasDefault: boolean;
}

/** Variables that files began or ceased to read, all files taken together; what platforms set is left out. By name. */
export function comparedReads(files: readonly FileReads[]): readonly ReadChange[] {
  const before = byName(files.map(({ path, oldPath = path, before: reads }) => ({ path: oldPath, reads })));
  const after = byName(files.map(({ path, after: reads }) => ({ path, reads })));
  const only = (kind: ReadChange['kind'], those: ByName, others: ByName): ReadChange[] =>
    [...those.values()].filter(({ name }) => !others.has(name)).map((change) => ({ ...change, kind }));
  return [...only('began', after, before), ...only('ceased', before, after)]
    .filter(({ name }) => !isPlatformVariable(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

type ByName = ReadonlyMap<string, Omit<ReadChange, 'kind'>>;

function byName(files: readonly { readonly path: string; readonly reads: readonly EnvironmentRead[] }[]): ByName {
  const found = new Map<string, { name: string; reads: ReadPlace[]; hasDefault: boolean }>();
  for (const { path, reads } of files) {
    for (const { name, line, hasDefault } of reads) {
      const known = found.get(name);
      if (known === undefined) found.set(name, { name, reads: [{ path, line }], hasDefault });
      else {
        known.reads.push({ path, line });
        known.hasDefault &&= hasDefault;
      }
    }
  }
  return found;
}
