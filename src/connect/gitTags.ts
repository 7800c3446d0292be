import type { CommitId, Tag } from '../changes/history/readsHistory.ts';
import type { AskGit } from './gitAsk.ts';
import { succeeded } from './gitErrors.ts';
import { timeOf } from './gitLog.ts';

/** Names of tags by the commit that each stands on. Of a clone with thousands of them, none is opened. */
export async function readTagNames(ask: AskGit): Promise<ReadonlyMap<CommitId, readonly string[]>> {
  const args = ['show-ref', '--tags', '--dereference'];
  const outcome = await ask.outcome(args);
  // Exit code 1 in silence: there is no tag.
  if (outcome.exitCode !== 1) succeeded(outcome, ask.directory, args);
  const targets = new Map<string, CommitId>();
  for (const line of outcome.stdout.toString('utf8').split('\n')) {
    const [, id = '', name = ''] = /^([0-9a-f]+) refs\/tags\/(.+?)(?:\^\{\})?$/.exec(line) ?? [];
    // What an annotated tag stands on comes after the tag itself.
    if (name !== '') targets.set(name, id);
  }
  const names = new Map<CommitId, string[]>();
  for (const [name, id] of targets) names.set(id, [...(names.get(id) ?? []), name]);
  return names;
}

const format = '--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)%00%(objecttype)%00%(creatordate:unix)';

/** The tags of these names, with the time at which they were made. */
export async function readTags(ask: AskGit, names: readonly string[]): Promise<readonly Tag[]> {
  if (names.length === 0) return [];
  return parseTags(await ask.text(['for-each-ref', format, ...names.map((name) => `refs/tags/${escaped(name)}`)]));
}

/** The newest tags by the time they were made; of a lightweight one, by the time of its commit. */
export async function readNewestTags(ask: AskGit, max: number): Promise<readonly Tag[]> {
  const args = ['for-each-ref', format, '--sort=-creatordate', `--count=${String(max)}`, 'refs/tags'];
  return parseTags(await ask.text(args));
}

function parseTags(text: string): readonly Tag[] {
  return text.split('\n').flatMap((line): Tag[] => {
    const [name = '', id = '', peeled = '', type, seconds = ''] = line.split('\0');
    if (type === 'commit') return [{ name, commit: id, taggedAt: undefined }];
    return type === 'tag' && peeled !== '' ? [{ name, commit: peeled, taggedAt: timeOf(seconds) }] : [];
  });
}

/** A pattern of for-each-ref is a glob; no ref has a backslash, `*`, `?` or `[` in its name, so nothing else needs it. */
function escaped(name: string): string {
  return name.replace(/[*?[\\]/g, '\\$&');
}
