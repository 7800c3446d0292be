import { expect, it } from 'vitest';
import { createDeployedReader } from '../../../../src/changes/deployed/deployedReader.ts';
import type { DeployedSources } from '../../../../src/changes/deployed/deployedSources.ts';
import { IncidentError } from '../../../../src/incident/incidentError.ts';
import { after } from '../../../support/builders/events.ts';

const released = 'b'.repeat(40);

/** Rejects once nobody waits any more, as requests do. */
const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const end = () => {
      reject(new IncidentError('cancelled', 'Cancelled.'));
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
const hanging: DeployedSources = {
  clock: { now: () => after(60) },
  service: { ask: (_endpoint, signal) => never(signal) },
  kubernetes: { deployment: (_target, signal) => never(signal), replicaSets: (_target, signal) => never(signal) },
  github: { deployments: (_source, { signal }) => never(signal) },
  repository: {
    find: () => Promise.resolve(undefined),
    deployBranch: () =>
      Promise.resolve({
        ...{ name: 'origin/main', head: released },
        tags: [{ name: 'v1.9.0', commit: released, at: after(0) }],
      }),
  },
};
const services = Array.from({ length: 12 }, (_, index) => ({
  ...{ name: `service${String(index)}`, paths: [], hosts: [] },
  version: { url: `http://127.0.0.1:${String(3000 + index)}/version` },
  kubernetes: { context: 'prod', namespace: 'shop', deployment: 'checkout' },
  github: { repository: 'example/checkout' },
}));
const readerWith = (limitMs: number) =>
  createDeployedReader(
    hanging,
    { requireDecided: () => undefined },
    () => Promise.resolve({ services, changes: { featureFlags: [], zoneFiles: [] } }),
    limitMs,
  );

it('services that never answer are waited for once, all together; the repository tells in their place', async () => {
  const { services: told, missed } = await readerWith(50).read('/shop', { service: undefined });
  expect(told.map(({ running }) => running.kind === 'known' && running.version)).toEqual(Array(12).fill('v1.9.0'));
  expect(told[0]?.running).toMatchObject({
    missed: [
      'http://127.0.0.1:3000/version did not tell within 0.05 s.',
      'The cluster of context prod (namespace shop) did not tell within 0.05 s.',
      'GitHub (example/checkout) did not tell within 0.05 s.',
    ],
  });
  expect(missed).toEqual([
    'GitHub (example/checkout) did not tell within 0.05 s.',
    'The cluster of context prod (namespace shop) did not tell within 0.05 s.',
  ]);
});

it('whoever waits can cancel that at once', async () => {
  const ending = new AbortController();
  const reading = readerWith(60_000).read('/shop', { service: undefined, signal: ending.signal });
  ending.abort();
  await expect(reading).rejects.toMatchObject({ reason: 'cancelled' });
});
