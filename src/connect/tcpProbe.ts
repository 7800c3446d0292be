import { connect } from 'node:net';
import { IncidentError } from '../incident/incidentError.ts';
import type { ProbeLimits, TcpProbe, TcpSight } from '../signals/probes/probeSight.ts';
import { probeFailures } from '../signals/probes/probeSight.ts';
import { networkFailure } from './httpFailures.ts';

/** Opens a connection and closes it: nothing is sent. Throws IncidentError `cancelled` when the signal aborts. */
export async function connectTcp(
  { host, port }: Pick<TcpProbe, 'host' | 'port'>,
  { timeoutMs, signal }: ProbeLimits,
): Promise<TcpSight> {
  const shown = `${host}:${String(port)}`;
  const cancelled = (): IncidentError => new IncidentError('cancelled', `Connecting to ${shown} was cancelled.`);
  if (signal.aborted) throw cancelled();
  const start = performance.now();
  // An IPv6 address has brackets where a port follows it.
  const socket = connect({ host: host.replace(/^\[(.*)\]$/, '$1'), port });
  const tooLong = AbortSignal.timeout(timeoutMs);
  const end = AbortSignal.any([signal, tooLong]);
  try {
    return await new Promise<TcpSight>((resolve, reject) => {
      socket.once('connect', () => {
        resolve({ kind: 'connected', latencyMs: performance.now() - start });
      });
      socket.once('error', (error) => {
        const { failure, message, hint } = networkFailure(error, shown);
        const known = probeFailures.find((one) => one === failure) ?? 'unexpected';
        resolve({ kind: 'failed', failure: known, message, ...(hint === undefined ? {} : { hint }) });
      });
      end.addEventListener(
        'abort',
        () => {
          if (signal.aborted) reject(cancelled());
          const message = `${shown} did not take a connection within ${String(timeoutMs / 1000)} s.`;
          resolve({ kind: 'failed', failure: 'timeout', message });
        },
        { once: true },
      );
    });
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}
