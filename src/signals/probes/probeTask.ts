import type { HealthProbe } from '../../config/signalConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { ObservationTask } from '../observeAll.ts';
import { observation } from '../observation.ts';
import { judgeCertificate } from './judgeCertificate.ts';
import { judgeDnsProbe } from './judgeDnsProbe.ts';
import { judgeHttpProbe } from './judgeHttpProbe.ts';
import { judgeTcpProbe } from './judgeTcpProbe.ts';
import type { HttpProbe, ProbeLimits, ReadsProbes } from './probeSight.ts';
import type { ProbeVerdict } from './probeVerdict.ts';
import { worstVerdict } from './probeVerdict.ts';

/** What a probe's observation is called. */
export type ProbeLabel = Pick<ObservationTask, 'id' | 'subject' | 'name' | 'source'>;

/** What probes are judged with. */
export interface ProbeTools {
  readonly probes: ReadsProbes;
  readonly clock: () => IsoTime;
  /** For the whole check: a probe ends sooner, so that it can say what it waited for. */
  readonly limitMs: number;
}

const defaultTimeoutMs = 5000;
/** Of the limit of the check. */
const mostOfLimit = 0.8;

/** Probes once, and says what came of it. */
export function probeTask(probe: HealthProbe, label: ProbeLabel, tools: ProbeTools): ObservationTask {
  return {
    ...label,
    observe: async (signal) => {
      const seen = await judged(probe, tools, { timeoutMs: timeoutOf(probe, tools.limitMs), signal });
      const topic = probe.kind === 'dns' ? { topic: 'dns' as const } : {};
      return [observation({ ...label, ...seen, at: tools.clock(), ...topic })];
    },
  };
}

async function judged(probe: HealthProbe, { probes, clock }: ProbeTools, limits: ProbeLimits): Promise<ProbeVerdict> {
  if (probe.kind === 'tcp') return judgeTcpProbe(probe, await probes.tcp(probe, limits), limits.timeoutMs);
  if (probe.kind === 'dns') return judgeDnsProbe(probe, await probes.dns(probe, limits));
  const [seen, certificate] = await Promise.all([
    probes.http(probe, limits).then((sight) => judgeHttpProbe(probe, sight, limits.timeoutMs)),
    certificateOf(probe, probes, clock, limits),
  ]);
  return certificate === undefined ? seen : worstVerdict(seen, certificate);
}

async function certificateOf(
  probe: HttpProbe,
  probes: ReadsProbes,
  clock: () => IsoTime,
  limits: ProbeLimits,
): Promise<ProbeVerdict | undefined> {
  if (!/^https:/i.test(probe.url)) return undefined;
  return judgeCertificate(await probes.certificate(probe, limits), clock());
}

/** Five seconds, longer where slower is expected; never so long that the check would be over first. */
function timeoutOf(probe: HealthProbe, limitMs: number): number {
  const withinMs = probe.kind === 'dns' ? 0 : (probe.withinMs ?? 0);
  return Math.min(Math.max(defaultTimeoutMs, withinMs * 2), limitMs * mostOfLimit);
}
