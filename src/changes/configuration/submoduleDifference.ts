import { visibleValue } from './visibleValue.ts';
import type { ComparedFile } from './compareVersions.ts';
import type { ChangedVersions } from './readsVersions.ts';

/** What a submodule is called among the formats: it has no content here, only the commit that it points to. */
export const submoduleFormat = { kind: 'submodule', name: 'Submodule' } as const;

/** A submodule that points elsewhere: `submodule lib: abc1234 → def5678`. Its commits are no credentials and stand as they are. */
export function comparedSubmodule({ path, status, before, after }: ChangedVersions): ComparedFile {
  const subject = `submodule ${visibleValue(path)}`;
  // What was a file before pointed to no commit.
  const was = status === 'typeChanged' || before === undefined ? undefined : shortId(before);
  const is = after === undefined ? undefined : shortId(after);
  const told = { format: submoduleFormat, more: 0 };
  if (was === undefined) return { ...told, differences: [{ kind: 'added', subject, after: is ?? '' }] };
  return is === undefined
    ? { ...told, differences: [{ kind: 'removed', subject, before: was }] }
    : { ...told, differences: [{ kind: 'changed', subject, before: was, after: is }] };
}

function shortId(commit: string): string {
  return commit.slice(0, 7);
}
