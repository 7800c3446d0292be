import type { Commit } from '../../changes/history/readsHistory.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** A commit in a sentence: `a1b2c3d4 Release connections on error`. The subject is a stranger's and was made harmless for a line of text. */
export function commitLabel({ id, subject }: Pick<Commit, 'id' | 'subject'>, max = 80): string {
  return `${id.slice(0, 8)} ${redactedLine(subject, max) || '(no message)'}`;
}
