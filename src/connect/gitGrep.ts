import type { Mention, Mentions } from '../changes/environment/readsRepository.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { isCommitId } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { gitFailure } from './gitErrors.ts';

const defaultMax = 20_000;
const largestBytes = 16 * 1024 * 1024;
const longestLine = 400;
const mostWords = 500;

/** Where no person says anything, in lines that may be megabytes long. */
const leftOut = [
  ...[
    '*.min.*',
    '*.map',
    '*.svg',
    '*.lock',
    '*.snap',
    '*.ipynb',
    '*-lock.json',
    '*-lock.yaml',
    'go.sum',
    'go.work.sum',
  ],
  ...['node_modules/**', '**/node_modules/**', 'vendor/**', '**/vendor/**'],
].map((pattern) => `:(exclude,glob)${pattern.includes('/') ? pattern : `**/${pattern}`}`);

/** Whatever a user's configuration says of `git grep`, this is what it shall write. */
const options = [
  ...['grep', '-F', '-w', '-n', '-z', '-I', '--full-name', '--no-color', '--no-column', '--no-textconv'],
  ...['--no-recurse-submodules'],
];

/** The lines of a commit's files that hold one of the words. */
export async function readMentions(
  ask: AskGit,
  commit: string,
  words: readonly string[],
  { max = defaultMax }: { readonly max?: number } = {},
): Promise<Mentions> {
  if (!isCommitId(commit)) throw new IncidentError('invalidArgument', `"${commit}" is no id of a commit.`);
  for (const word of words) requireWord(word);
  if (words.length === 0) return { found: [], isCut: false };
  if (words.length > mostWords) throw new IncidentError('invalidArgument', `More than ${mostWords} words at once.`);
  const args = [...options, ...words.flatMap((word) => ['-e', word]), commit, '--', ...leftOut];
  const chunks: Buffer[] = [];
  let bytes = 0;
  const read = (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    return bytes > largestBytes ? 'enough' : 'more';
  };
  const outcome = await ask.outcome(args, { read, maxBytes: Number.POSITIVE_INFINITY });
  const isNothing = outcome.exitCode === 1 && outcome.stderr === '';
  if (outcome.exitCode !== 0 && !isNothing) throw gitFailure(outcome, ask.directory, args);
  const all = parseMentions(Buffer.concat(chunks).toString('utf8'), `${commit}:`, max + 1);
  return { found: all.slice(0, max), isCut: all.length > max || bytes > largestBytes };
}

/** `<commit>:<path> NUL <line> NUL <text> LF`; git before 2.33 has a colon behind the line. */
function parseMentions(output: string, prefix: string, max: number): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; mentions.length < max;) {
    const pathEnd = output.indexOf('\0', at);
    if (pathEnd < 0 || !output.startsWith(prefix, at)) break;
    const number = /(\d+)[\0:]/y;
    number.lastIndex = pathEnd + 1;
    const line = number.exec(output)?.[1];
    const end = output.indexOf('\n', number.lastIndex);
    if (line === undefined || end < 0) break;
    const text = output.slice(number.lastIndex, Math.min(end, number.lastIndex + longestLine));
    mentions.push({
      path: output.slice(at + prefix.length, pathEnd),
      line: Number(line),
      text: text.replace(/\r$/, ''),
    });
    at = end + 1;
  }
  return mentions;
}

function requireWord(word: string): void {
  if (/^\w{1,128}$/.test(word)) return;
  throw new IncidentError('invalidArgument', `"${word}" is no word that Mayday searches for.`);
}
