import { judgeFailure } from './judgeFailure.ts';
import type { TcpProbe, TcpSight } from './probeSight.ts';
import type { ProbeVerdict } from './probeVerdict.ts';
import { latencyText } from './probeVerdict.ts';

/** Whether a port takes connections, and how soon. */
export function judgeTcpProbe({ withinMs }: TcpProbe, sight: TcpSight, timeoutMs: number): ProbeVerdict {
  if (sight.kind === 'failed') return judgeFailure(sight, timeoutMs);
  const text = `takes connections, in ${latencyText(sight.latencyMs)}`;
  if (withinMs === undefined || sight.latencyMs <= withinMs) return { verdict: 'ok', text };
  return { verdict: 'suspicious', text: `${text}, slower than ${latencyText(withinMs)}` };
}
