import type { DataSource } from '../../../src/config/signalConfiguration.ts';
import { isoTimeOf } from '../../../src/incident/isoTime.ts';
import type { SignalContext, TargetService } from '../../../src/investigate/signalCheck.ts';
import { justDeclared } from './state.ts';

/** What a check of signals is given: the services and servers of a test, and the time of this machine. */
export function signalContext({
  services,
  prometheus = [],
  impactMinutesAgo = 20,
  limitMs = 10_000,
}: {
  readonly services: readonly Partial<TargetService>[];
  readonly prometheus?: readonly DataSource[];
  readonly impactMinutesAgo?: number;
  readonly limitMs?: number;
}): SignalContext {
  const now = Date.now();
  const clock = () => isoTimeOf(Date.now());
  const plain = { name: 'checkout', folder: '/shop', paths: [], hosts: [] };
  return {
    ...{ state: justDeclared(), now: isoTimeOf(now), clock, limitMs },
    impactStart: isoTimeOf(now - impactMinutesAgo * 60_000),
    targets: {
      services: services.map((service) => ({ ...plain, ...service })),
      ...{ statusPages: [], dataSources: { prometheus, alertmanager: [] } },
    },
  };
}
