import { join } from 'node:path';
import { gitForDrills } from '../../src/connect/importHistory.ts';
import { drillProcesses } from '../../src/connect/runDrillService.ts';
import { createDrill } from '../../src/drill/createDrill.ts';
import { startDrillService } from '../../src/drill/startDrillService.ts';
import { isoTimeOf } from '../../src/incident/isoTime.ts';
import { projectRoot } from '../support/run.mjs';
import type { WalkedDrill } from './walkStep.ts';

export interface StartedDrill extends WalkedDrill {
  /** Ends the service; the folder stays. */
  readonly stop: () => Promise<void>;
}

/** Makes a drill whose history ends now in an absent or empty folder (absolute), and starts its service. */
export async function startDrill(directory: string, signal: AbortSignal): Promise<StartedDrill> {
  const templatesDirectory = join(projectRoot, 'templates');
  const now = isoTimeOf(Date.now());
  const { badCommit } = await createDrill({ directory, templatesDirectory, now }, gitForDrills(), signal);
  const service = await startDrillService(directory, drillProcesses, signal);
  return { directory, badCommit, url: service.url, stop: () => service.stop() };
}
