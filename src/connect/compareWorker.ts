import { parentPort } from 'node:worker_threads';
import type { ReadVersions } from '../changes/configuration/compareVersions.ts';
import { compareVersions } from '../changes/configuration/compareVersions.ts';
import type { FormatOptions } from '../changes/configuration/configurationFormats.ts';
import { configurationFormats } from '../changes/configuration/configurationFormats.ts';

/** What a worker is asked: one file at a time, so that one that takes too long is known by name. */
export interface CompareRequest {
  readonly id: number;
  readonly file: ReadVersions;
  readonly options: FormatOptions;
}

parentPort?.on('message', ({ id, file, options }: CompareRequest) => {
  parentPort?.postMessage({ id, compared: compareVersions(file, configurationFormats(options)) });
});
