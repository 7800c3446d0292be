import { isLoopback, webAddressOf } from '../../safety/webAddress.ts';
import { machineObservations } from '../../signals/infrastructure/machineObservations.ts';
import type { ReadsMachine } from '../../signals/infrastructure/readsMachine.ts';
import type { ObservationTask } from '../../signals/observeAll.ts';
import type { SignalContext, TargetService } from '../signalCheck.ts';

type Placed = Pick<TargetService, 'folder' | 'url' | 'metrics'>;

/** True when the service runs where the editor does: its address, or that of its metrics, is a loopback address. */
export function runsHere({ url, metrics }: Pick<Placed, 'url' | 'metrics'>): boolean {
  return [url, metrics?.endpoint?.url].some((text) => {
    const address = text === undefined ? undefined : webAddressOf(text);
    return address !== undefined && isLoopback(address);
  });
}

/** The machine of the editor, for each workspace folder of services that run on it. */
export function machineTasks(
  services: readonly Placed[],
  machine: ReadsMachine,
  { clock }: Pick<SignalContext, 'clock'>,
): readonly ObservationTask[] {
  const folders = [...new Set(services.filter(runsHere).map(({ folder }) => folder))];
  return folders.map((folder, index) => ({
    ...{ id: `machine/${folder}`, subject: 'this machine', name: 'load, memory and disk', source: folder },
    observe: async (signal) => {
      const seen = machineObservations(await machine.read(folder, signal), folder, clock());
      // Of several folders only their disks differ.
      return index === 0 ? seen : seen.filter(({ id }) => id.startsWith('machine/disk'));
    },
  }));
}
