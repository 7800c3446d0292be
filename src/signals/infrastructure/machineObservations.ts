import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import { observation, type Observation } from '../observation.ts';
import { unseen } from '../observeAll.ts';
import { amountText, bytesText, percentText } from './amounts.ts';
import { verdictAbove, verdictBelow } from './limits.ts';
import { machineLimits } from './machineLimits.ts';
import type { MachineReading } from './readsMachine.ts';

/** The machine that the editor and a service run on. */
const subject = 'this machine';

/** What the machine of the editor comes to: load, memory, and the disk of the folder. */
export function machineObservations(reading: MachineReading, folder: string, at: IsoTime): readonly Observation[] {
  const source = 'the machine that the editor runs on';
  return [loadOf(reading, { source, at }), memoryOf(reading, { source, at }), diskOf(reading, folder, { source, at })];
}

type Origin = Pick<Observation, 'source' | 'at'>;

function loadOf({ load, cores, system }: MachineReading, origin: Origin): Observation {
  const { limits, why } = machineLimits.load;
  const basis = { ...origin, id: 'machine/load', subject, name: 'load', details: [why] };
  if (load === undefined) {
    return observation({ ...basis, verdict: 'notApplicable', text: `is not told by ${system}` });
  }
  const perCore = load / Math.max(1, cores);
  return observation({
    ...basis,
    verdict: verdictAbove(perCore, limits),
    text: `${amountText(perCore)} per core over 5 min`,
  });
}

function memoryOf({ memory: { availableBytes, totalBytes } }: MachineReading, origin: Origin): Observation {
  const { judge, why } = machineLimits.memory;
  const nowSeconds = epochMsOf(origin.at) / 1000;
  const values = { left: availableBytes, size: totalBytes };
  const result = judge({ labels: {}, values, lately: '', nowSeconds, impactSeconds: nowSeconds });
  const basis = { ...origin, id: 'machine/memory', subject, name: 'memory' };
  if (result === undefined) return unseen(basis, origin.at, 'the system tells no size of it');
  return observation({ ...basis, verdict: result.verdict, text: result.text, details: [why] });
}

function diskOf({ disk }: MachineReading, folder: string, origin: Origin): Observation {
  const { limits, why } = machineLimits.disk;
  const basis = { ...origin, id: `machine/disk/${folder}`, subject, name: `disk of ${folder}` };
  if (typeof disk === 'string') return unseen(basis, origin.at, disk);
  const { freeBytes, totalBytes } = disk;
  if (!(totalBytes > 0)) return unseen(basis, origin.at, 'the file system tells no size');
  const share = freeBytes / totalBytes;
  const text = `${percentText(share)} free (${bytesText(freeBytes)} of ${bytesText(totalBytes)})`;
  return observation({ ...basis, verdict: verdictBelow(share, limits), text, details: [why] });
}
