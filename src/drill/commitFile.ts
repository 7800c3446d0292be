import type { FileEdit, Hunk } from './fileEdits.ts';

/** One commit of the drill's history, as templates/drill/history tells it. */
export interface CommitFile {
  /** The file's name without `.diff`. */
  readonly name: string;
  /** `Name <mail>`. */
  readonly author: string;
  /** `6 days ago 09:12 +0100` or `3 h 20 min ago +0100`; see dateOf. */
  readonly date: string;
  readonly subject: string;
  readonly body: string;
  /** Set on a commit of a side branch: the branch and the name of the commit it starts from. */
  readonly topic?: { readonly branch: string; readonly from: string };
  /** Set on a merge commit: the side branch that it brings. */
  readonly merges?: string;
  readonly tag?: string;
  /** True for the commit that breaks the service. */
  readonly isCause: boolean;
  readonly edits: readonly FileEdit[];
}

/**
 * Reads a commit: mail-like headers, an empty line, the message's body, then `create <path>` lines and a unified diff
 * whose `@@` lines carry no numbers (a hunk is found by its lines). Throws an Error that names what is wrong.
 */
export function parseCommitFile(name: string, text: string): CommitFile {
  const [head = '', ...rest] = text.split('\n\n');
  const headers = new Map(head.split('\n').map(splitHeader));
  const afterHead = rest.join('\n\n');
  const start = /^(create |--- )/m.exec(afterHead)?.index ?? afterHead.length;
  const topic = /^(\S+) from (\S+)$/.exec(headers.get('Topic') ?? '');
  const merges = headers.get('Merges');
  const tag = headers.get('Tag');
  return {
    name,
    author: required(name, headers, 'From'),
    date: required(name, headers, 'Date'),
    subject: required(name, headers, 'Subject'),
    body: afterHead.slice(0, start).trim(),
    isCause: headers.has('Cause'),
    edits: parseEdits(afterHead.slice(start)),
    ...(topic?.[1] !== undefined && topic[2] !== undefined ? { topic: { branch: topic[1], from: topic[2] } } : {}),
    ...(merges === undefined ? {} : { merges }),
    ...(tag === undefined ? {} : { tag }),
  };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon), line.slice(colon + 2)];
}

function required(name: string, headers: ReadonlyMap<string, string>, key: string): string {
  const value = headers.get(key);
  if (value === undefined) throw new Error(`${name}.diff has no ${key}`);
  return value;
}

function parseEdits(text: string): readonly FileEdit[] {
  const created = [...text.matchAll(/^create (.+)$/gm)].map(([, path = '']): FileEdit => ({ kind: 'create', path }));
  return [
    ...created,
    ...text
      .split(/^(?=--- )/m)
      .filter((part) => part.startsWith('--- '))
      .map(parseFileDiff),
  ];
}

function parseFileDiff(text: string): FileEdit {
  const [, from = '', to = '', body = ''] = /^--- (.+)\n\+\+\+ (.+)\n([^]*)$/.exec(text) ?? [];
  const hunks = body.split(/^@@\n/m).slice(1).map(parseHunk);
  if (from === '/dev/null') return { kind: 'add', path: to.slice(2), text: hunks.map(({ after }) => after).join('') };
  if (to === '/dev/null')
    return { kind: 'remove', path: from.slice(2), text: hunks.map(({ before }) => before).join('') };
  return { kind: 'change', path: to.slice(2), hunks };
}

function parseHunk(text: string): Hunk {
  const lines = text.split('\n').slice(0, -1);
  const side = (sign: string): string =>
    lines
      .filter((line) => line === '' || line.startsWith(' ') || line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  return { before: side('-'), after: side('+') };
}
