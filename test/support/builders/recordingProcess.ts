import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { JournalFixture } from './journal.ts';
import { until } from './journal.ts';

const script = fileURLToPath(new URL('../../faults/recordingProcess.ts', import.meta.url));

/** A window in a process of its own that records notes. */
export interface RecordingProcess {
  /** The notes it said were on disk. */
  readonly acknowledged: readonly string[];
  acknowledges(count: number): Promise<void>;
  /** Ends it with SIGKILL, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** The notes that it sees now; it ends after telling. */
  sees(): Promise<readonly string[]>;
}

/** Starts a process that records `NAME-0`, `NAME-1`, … in an incident, for ever or `count` times. */
export function startRecording(
  fixture: Pick<JournalFixture, 'folder' | 'globalStorage'>,
  wish: { readonly incident: string; readonly name: string; readonly count?: number },
): RecordingProcess {
  const { incident, name, count } = wish;
  const args = [
    script,
    fixture.folder,
    fixture.globalStorage,
    incident,
    name,
    ...(count === undefined ? [] : [`${count}`]),
  ];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  let seen: readonly string[] | undefined;
  const ended = once(child, 'close');
  createInterface(child.stdout).on('line', (line) => {
    if (line.startsWith('sees ')) seen = line.slice('sees '.length).split(' ');
    else acknowledged.push(line);
  });
  return {
    acknowledged,
    acknowledges: (wanted) =>
      until(`${name} has recorded ${wanted} notes`, () => {
        if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
        return acknowledged.length >= wanted;
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    sees: async () => {
      child.stdin.write('\n');
      await ended;
      return seen ?? [];
    },
  };
}
