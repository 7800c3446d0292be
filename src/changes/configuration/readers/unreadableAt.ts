import { UnreadableConfiguration } from '../configurationFormat.ts';

/** The error for a version that cannot be read: `line 3: why`. Lines count from 1. */
export function unreadableAt(line: number, why: string): UnreadableConfiguration {
  return new UnreadableConfiguration(`line ${line}: ${why}`);
}
