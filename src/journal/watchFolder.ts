import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { messageOf } from '../incident/incidentError.ts';
import type { Log } from '../incident/useCase.ts';
import { isMissing } from './storageError.ts';

/** Changes within this time are told together. */
const batchMs = 10;

/** Watches one folder, which may come, go and be replaced. */
export interface FolderWatch {
  /** False while changes are only seen by `look`. */
  readonly isLive: boolean;
  /** Begins to watch when the folder has come or was replaced, and tells when that or its list of names has changed. */
  look(): Promise<void>;
  dispose(): void;
}

/**
 * @param onChange gets the names that changed, or undefined when they are not known. Never called before `look`.
 * @param isOwn names whose changes are this process's own, and not told
 */
export function watchFolder(
  path: string,
  onChange: (names: ReadonlySet<string> | undefined) => void,
  log: Log,
  isOwn: (name: string) => boolean = () => false,
): FolderWatch {
  let watcher: FSWatcher | undefined;
  let identity: string | undefined;
  let names: Set<string> | undefined = new Set();
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  let wasTold = false;

  function tell(name: string | null | undefined): void {
    if (name == null) names = undefined;
    else names?.add(name);
    timer ??= setTimeout(() => {
      const told = names;
      [timer, names] = [undefined, new Set()];
      onChange(told);
    }, batchMs).unref();
  }

  function stop(): void {
    watcher?.close();
    watcher = undefined;
  }

  function start(): void {
    stop();
    try {
      watcher = watch(path, { persistent: false }, (event, name) => {
        if (name !== null && isOwn(name)) return;
        tell(name);
        // A folder that was itself deleted or moved says so with a rename, and then never again.
        if (event === 'rename') void look().catch(onError);
      }).on('error', onError);
    } catch (error) {
      onError(error);
    }
  }

  function onError(error: unknown): void {
    stop();
    if (wasTold) return;
    wasTold = true;
    log.warn(`[journal] folder not watched, looked at every second instead path=${path} reason=${messageOf(error)}`);
  }

  async function look(): Promise<void> {
    const [now, changed] = await identityOf(path);
    if (isDisposed) return;
    const before = identity;
    identity = now === undefined ? undefined : `${now}:${changed}`;
    if (now === undefined) stop();
    else if (watcher === undefined || before?.startsWith(`${now}:`) !== true) start();
    if (before !== identity) tell(undefined);
  }

  return {
    get isLive() {
      return watcher !== undefined;
    },
    look,
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      stop();
    },
  };
}

async function identityOf(path: string): Promise<readonly [inode: number | undefined, changedMs: number]> {
  try {
    const { ino, mtimeMs } = await stat(path);
    return [ino, mtimeMs];
  } catch (error) {
    if (!isMissing(error)) throw error;
    return [undefined, 0];
  }
}
