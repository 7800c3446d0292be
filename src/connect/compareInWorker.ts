import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CompareFiles } from '../changes/configuration/compareInTurns.ts';
import { compareInTurns } from '../changes/configuration/compareInTurns.ts';
import type { ComparedFile, ReadVersions } from '../changes/configuration/compareVersions.ts';
import { notComparedBecause } from '../changes/configuration/compareVersions.ts';
import type { FormatOptions } from '../changes/configuration/configurationFormats.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { CompareRequest } from './compareWorker.ts';

export interface WorkerSetup {
  /** The worker's file; beside the bundle, or beside this source, when absent. */
  readonly file?: URL;
  /** For one file. */
  readonly timeoutMs?: number;
}

/** Files whose versions together have more characters than this are compared in a thread of their own: it may take seconds. */
const largeLength = 48 * 1024;
/** Without a worker, files larger than this are only said to differ. */
const largestHere = 512 * 1024;
const defaultTimeoutMs = 15_000;
/** A worker that nobody needs goes after this time. */
const idleMs = 30_000;
/** A hostile file ends its worker, not the editor. */
const memory = { maxOldGenerationSizeMb: 512 };

/**
 * Compares small files in this thread, in turns with others, and large ones in a worker that ends when a file takes too
 * long or too much memory; such a file is said to differ. Where the worker's file is missing, all in turns.
 */
export function createCompareFiles({
  file = workerFile(),
  timeoutMs = defaultTimeoutMs,
}: WorkerSetup = {}): CompareFiles {
  const compareThere = createPool(file, timeoutMs);
  return (files, options, signal) => {
    const hasWorker = existsSync(file);
    return compareInTurns(files, options, signal, (one) => {
      const length = lengthOf(one);
      if (length <= largeLength) return undefined;
      if (hasWorker) return compareThere(one, options, signal);
      return length > largestHere ? Promise.resolve(notComparedBecause('too large to compare here')) : undefined;
    });
  };
}

function lengthOf({ before, after }: ReadVersions): number {
  return [before, after].reduce((sum, content) => sum + (content.kind === 'text' ? content.text.length : 0), 0);
}

function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './compareWorker.ts' : './compareWorker.js', import.meta.url);
}

type Pool = (file: ReadVersions, options: FormatOptions, signal: AbortSignal | undefined) => Promise<ComparedFile>;

/** One worker, one file at a time; a new one after it was ended. */
function createPool(file: URL, timeoutMs: number): Pool {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let requests = 0;

  const end = (): void => {
    void worker?.terminate();
    worker = undefined;
  };
  const started = (): Worker => {
    if (worker !== undefined) return worker;
    const begun = new Worker(file, { resourceLimits: memory, execArgv: [], stdout: false });
    begun.unref();
    begun.on('exit', () => {
      if (worker === begun) worker = undefined;
    });
    worker = begun;
    return begun;
  };
  const one = async (request: Omit<CompareRequest, 'id'>, signal: AbortSignal | undefined): Promise<ComparedFile> => {
    if (signal?.aborted === true) throw cancelled();
    const id = requests++;
    const asked = answerOf(started(), { id, ...request }, timeoutMs, signal);
    try {
      return await asked;
    } catch (error) {
      end();
      if (error instanceof IncidentError) throw error;
      return notComparedBecause(error instanceof TookTooLong ? 'took too long to compare' : 'too large to compare');
    }
  };
  return (each, options, signal) => {
    const work = queue.then(async () => {
      clearTimeout(idle);
      const compared = await one({ file: each, options }, signal);
      idle = setTimeout(end, idleMs).unref();
      return compared;
    });
    queue = work.catch(() => undefined);
    return work;
  };
}

class TookTooLong extends Error {}

function answerOf(
  worker: Worker,
  request: CompareRequest,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<ComparedFile> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      worker.off('message', answer).off('error', fail).off('exit', exited);
      signal?.removeEventListener('abort', abort);
      act();
    };
    const fail = (error: Error): void => {
      settle(() => {
        reject(error);
      });
    };
    const timer = setTimeout(() => {
      fail(new TookTooLong());
    }, timeoutMs);
    const answer = ({ id, compared }: { id: number; compared: ComparedFile }): void => {
      if (id !== request.id) return;
      settle(() => {
        resolve(compared);
      });
    };
    const exited = (): void => {
      fail(new Error('The worker ended.'));
    };
    const abort = (): void => {
      fail(cancelled());
    };
    worker.on('message', answer).on('error', fail).on('exit', exited);
    signal?.addEventListener('abort', abort, { once: true });
    worker.postMessage(request);
  });
}

function cancelled(): IncidentError {
  return new IncidentError('cancelled', 'Comparing the configuration was cancelled.');
}
