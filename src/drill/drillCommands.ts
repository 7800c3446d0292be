import { requireTrust } from '../incident/requireTrust.ts';
import type { Surroundings } from '../incident/surroundings.ts';
import { createDrill } from './createDrill.ts';
import { drillBriefing } from './drillBriefing.ts';
import type { DrillTools } from './drillTools.ts';
import { createKnownDrills } from './knownDrills.ts';
import { readRunningDrill } from './runningDrill.ts';
import { startDrillService } from './startDrillService.ts';

type DrillProcesses = Parameters<typeof startDrillService>[1];

/** What a window does with drills. */
export interface DrillCommands {
  readonly briefing: typeof drillBriefing;
  /** Makes a drill under `directory` and starts its service. */
  start(directory: string, signal: AbortSignal): Promise<{ readonly directory: string }>;
  isRunning(folder: string): Promise<boolean>;
  /** False when nothing ran. */
  stop(folder: string): Promise<boolean>;
}

/** Starting and stopping throw IncidentError `untrusted` in Restricted Mode. */
export function createDrillCommands(
  { globalStorage, templatesDirectory, host }: Surroundings,
  tools: DrillTools,
  processes: DrillProcesses,
): DrillCommands {
  const known = createKnownDrills(globalStorage);
  // Any repository can hold a file that says where a drill runs: only drills made here are believed.
  const running = async (folder: string) =>
    host.isTrusted() && (await known.has(folder)) ? readRunningDrill(folder, processes) : undefined;
  return {
    briefing: drillBriefing,
    start: async (directory, signal) => {
      requireTrust(host);
      const drill = await createDrill({ directory, templatesDirectory, now: host.clock.now() }, tools, signal);
      await known.add(drill.directory);
      await startDrillService(drill.directory, processes, signal);
      return { directory: drill.directory };
    },
    isRunning: async (folder) => (await running(folder)) !== undefined,
    stop: async (folder) => {
      requireTrust(host);
      const service = await running(folder);
      await service?.stop();
      return service !== undefined;
    },
  };
}
