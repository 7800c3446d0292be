import { setImmediate } from 'node:timers/promises';
import { refuseCancelled } from '../../incident/defineUseCase.ts';
import type { ComparedFile, ReadVersions } from './compareVersions.ts';
import { compareVersions, isOther } from './compareVersions.ts';
import type { FormatOptions } from './configurationFormats.ts';
import { configurationFormats } from './configurationFormats.ts';

/**
 * Compares files one by one, wherever that is done, and while others are still being read. In the order of `files`. Throws
 * IncidentError `cancelled`, and what reading throws.
 */
export type CompareFiles = (
  files: Iterable<ReadVersions> | AsyncIterable<ReadVersions>,
  options: FormatOptions,
  signal?: AbortSignal,
) => Promise<readonly ComparedFile[]>;

/** Others have their turn when this much time has passed. */
const turnMs = 8;

/** Compares files in this thread, giving others their turn between two of them; what `elsewhere` takes is compared there meanwhile. */
export async function compareInTurns(
  files: Parameters<CompareFiles>[0],
  options: FormatOptions,
  signal?: AbortSignal,
  elsewhere: (file: ReadVersions) => Promise<ComparedFile> | undefined = () => undefined,
): Promise<readonly ComparedFile[]> {
  const formats = configurationFormats(options);
  const compared: Promise<ComparedFile>[] = [];
  let turn = performance.now();
  for await (const file of files) {
    // To see that a file is no configuration takes no time.
    const there = isOther(file, formats) ? undefined : elsewhere(file);
    // Told at the end, with all others.
    there?.catch(() => undefined);
    compared.push(there ?? Promise.resolve(compareVersions(file, formats)));
    if (performance.now() - turn < turnMs) continue;
    await setImmediate();
    if (signal !== undefined) refuseCancelled(signal);
    turn = performance.now();
  }
  return Promise.all(compared);
}
