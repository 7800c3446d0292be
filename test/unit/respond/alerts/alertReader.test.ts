import { describe, expect, it, vi } from 'vitest';
import type { AlertSight } from '../../../../src/respond/alerts/alertSight.ts';
import type { AlertAnswer } from '../../../../src/signals/alerts/alert.ts';
import { HttpError } from '../../../../src/connect/httpError.ts';
import { IncidentError } from '../../../../src/incident/incidentError.ts';
import type { IsoTime } from '../../../../src/incident/isoTime.ts';
import { plusMs } from '../../../../src/incident/isoTime.ts';
import type { Severity } from '../../../../src/incident/severity.ts';
import type { AlertGroup } from '../../../../src/respond/alerts/alertGroups.ts';
import { alertGroups, isAtLeast } from '../../../../src/respond/alerts/alertGroups.ts';
import { createAlertWatch } from '../../../../src/respond/alerts/alertWatch.ts';
import { alertProposal } from '../../../../src/respond/alerts/alertProposal.ts';
import { listedAlert, readerOf, sampleAlert, testSource } from '../../../support/builders/alerts.ts';
import { after, monday } from '../../../support/builders/events.ts';

const signal = new AbortController().signal;

function clock(): { now: IsoTime; pass(seconds: number): void } {
  const made = { now: monday, pass: (seconds: number) => void (made.now = plusMs(made.now, seconds * 1000)) };
  return made;
}

describe('the reader of alerts', () => {
  it('goes on when one source fails, and says why', async () => {
    const time = clock();
    const [good, bad] = [testSource('alertmanager', [sampleAlert()]), testSource('prometheus')];
    bad.failure = new HttpError('hostNotFound', 'There is no host prometheus.invalid.', { hint: 'Correct it.' });
    const sight = await readerOf([good, bad], () => time.now).read({ signal });
    expect(sight.alerts.map(({ name, level }) => [name, level])).toEqual([
      ['CheckoutErrors', { text: 'page', severity: 'SEV1' }],
    ]);
    expect(sight.sources.map(({ told }) => told)).toMatchObject([
      { kind: 'answered', left: 0 },
      { kind: 'failed', unconfirmed: false, reason: 'There is no host prometheus.invalid. Correct it.' },
    ]);
  });

  it('leaves a failing source alone for longer and longer, five minutes at most', async () => {
    const time = clock();
    const source = testSource('alertmanager');
    const reader = readerOf([source], () => time.now);
    source.failure = new HttpError('connectionRefused', 'refused');
    const pauses: number[] = [];
    for (let read = 0; read < 7; read++) {
      const before = time.now;
      await reader.read({ signal });
      while (source.reads === read + 1) {
        time.pass(30);
        await reader.read({ signal });
      }
      pauses.push((Date.parse(time.now) - Date.parse(before)) / 1000);
      // The read that ended the pause is the next one's first.
      read = source.reads - 2;
    }
    expect(pauses.slice(0, 6)).toEqual([30, 60, 120, 240, 300, 300]);
  });

  it('asks it at once for a person, but not one that asked for a pause', async () => {
    const time = clock();
    const source = testSource('alertmanager', [sampleAlert()]);
    const reader = readerOf([source], () => time.now);
    await reader.read({ signal });
    source.failure = new HttpError('serverError', 'no', { status: 503 });
    await reader.read({ signal });
    await reader.read({ signal, byPerson: true });
    expect(source.reads).toBe(3);
    source.failure = new HttpError('rateLimited', 'slow down', { status: 429, retryAfterMs: 600_000 });
    await reader.read({ signal, byPerson: true });
    const { sources } = await reader.read({ signal, byPerson: true });
    expect(source.reads).toBe(4);
    expect(sources[0]?.told).toMatchObject({ kind: 'failed', againAt: after(10), last: { at: monday, count: 1 } });
    time.pass(601);
    source.failure = undefined;
    expect((await reader.read({ signal })).alerts).toHaveLength(1);
  });

  it('asks again at once for what a person has to set right', async () => {
    const source = testSource('alertmanager');
    const reader = readerOf([source], () => monday);
    source.failure = new IncidentError('needsConfirmation', 'http://a/ was not asked.');
    expect((await reader.read({ signal })).sources[0]?.told).toMatchObject({ kind: 'failed', unconfirmed: true });
    source.failure = undefined;
    expect((await reader.read({ signal })).sources[0]?.told).toMatchObject({ kind: 'answered' });
  });

  it('shows what has answered while another has not', async () => {
    const quick = testSource('alertmanager', [sampleAlert()]);
    let answer = (): void => undefined;
    const slow = {
      ...testSource('prometheus'),
      read: () =>
        new Promise<AlertAnswer>((resolve) => {
          answer = () => {
            resolve({ alerts: [], left: 0 });
          };
        }),
    };
    const parts: AlertSight[] = [];
    const onPart = (sight: AlertSight) => void parts.push(sight);
    const reading = readerOf([quick, slow], () => monday).read({ signal, onPart });
    await vi.waitFor(() => {
      expect(parts).toHaveLength(1);
    });
    expect(parts[0]?.alerts).toHaveLength(1);
    expect(parts[0]?.sources.map(({ told }) => told.kind)).toEqual(['answered', 'asking']);
    answer();
    expect((await reading).sources.map(({ told }) => told.kind)).toEqual(['answered', 'answered']);
  });

  it('passes on cancelling, and what nobody foresaw', async () => {
    const source = testSource('alertmanager');
    const reader = readerOf([source], () => monday);
    source.failure = new IncidentError('cancelled', 'Cancelled.');
    await expect(reader.read({ signal })).rejects.toMatchObject({ reason: 'cancelled' });
    source.failure = new TypeError('a mistake');
    await expect(reader.read({ signal })).rejects.toThrow('a mistake');
  });
});

describe('groups', () => {
  it('have the alerts of one name and level, what asks for somebody first in front', () => {
    const groups = alertGroups([
      listedAlert({ fingerprint: 'a', name: 'Info', labels: { severity: 'info' } }),
      listedAlert({ fingerprint: 'b', name: 'Down', status: 'silenced' }),
      listedAlert({ fingerprint: 'c', name: 'Odd', labels: {} }),
      listedAlert({ fingerprint: 'd', name: 'Page', since: after(-1) }),
      listedAlert({ fingerprint: 'e', name: 'Page', since: after(-9) }),
      listedAlert({ fingerprint: 'f', name: 'Page', status: 'silenced' }),
      listedAlert({ fingerprint: 'g', name: 'High', labels: { severity: 'HIGH' } }),
    ]);
    expect(
      groups.map(({ name, severity, since, alerts }) => [
        name,
        severity,
        since,
        alerts.map((a) => a.fingerprint).join(''),
      ]),
    ).toEqual([
      ['Page', 'SEV1', after(-9), 'def'],
      ['Odd', undefined, after(-3), 'c'],
      ['High', 'SEV2', after(-3), 'g'],
      ['Info', 'SEV4', after(-3), 'a'],
      ['Down', 'SEV1', after(-3), 'b'],
    ]);
  });

  it.each<[Severity | undefined, Severity, boolean]>([
    ['SEV1', 'SEV1', true],
    ['SEV2', 'SEV1', false],
    ['SEV1', 'SEV3', true],
    ['SEV4', 'SEV4', true],
    [undefined, 'SEV1', true],
  ])('of %s are at least %s: %s', (severity, level, expected) => {
    expect(isAtLeast({ severity }, level)).toBe(expected);
  });
});

describe('the watch', () => {
  function watching(level: Severity | undefined = 'SEV2') {
    const source = testSource('alertmanager');
    const reader = readerOf([source], () => monday);
    const told: string[] = [];
    const claims = new Set<string>();
    const claim = (key: string) => Promise.resolve(!claims.has(key) && claims.add(key).has(key));
    const watch = () => createAlertWatch({ claim, tell: ({ name }: AlertGroup) => told.push(name) });
    return {
      source,
      told,
      watch,
      see: async (one = watch()) => one.see(await reader.read({ signal, byPerson: true }), level),
    };
  }

  it('tells of each group once, also when it grows, and again when it fires anew', async () => {
    const { source, told, watch, see } = watching();
    const one = watch();
    source.alerts = [sampleAlert()];
    await see(one);
    source.alerts = [sampleAlert(), sampleAlert({ fingerprint: 'f2', since: after(-1) })];
    await see(one);
    expect(told).toEqual(['CheckoutErrors']);
    source.alerts = [];
    await see(one);
    source.alerts = [sampleAlert({ since: after(0) })];
    await see(one);
    expect(told).toEqual(['CheckoutErrors', 'CheckoutErrors']);
  });

  it('tells in one window, and not again after a reload', async () => {
    const { source, told, see } = watching();
    source.alerts = [sampleAlert()];
    await see();
    await see();
    expect(told).toEqual(['CheckoutErrors']);
  });

  it.each([
    ['below the level', { labels: { severity: 'info' } }, 0],
    ['silenced', { status: 'silenced' as const }, 0],
    ['pending', { status: 'pending' as const }, 0],
    ['acknowledged', { status: 'acknowledged' as const }, 0],
    ['of a level that nobody knows', { labels: {} }, 1],
  ])('of what is %s tells %#', async (_, change, count) => {
    const { source, told, see } = watching();
    source.alerts = [sampleAlert(change)];
    await see();
    expect(told).toHaveLength(count);
  });

  it('does not take a source that failed for one whose alerts ended', async () => {
    const { source, told, watch, see } = watching();
    const one = watch();
    source.alerts = [sampleAlert(), sampleAlert({ fingerprint: 'f2', since: after(-1) })];
    await see(one);
    source.failure = new HttpError('timeout', 'late');
    await see(one);
    source.failure = undefined;
    source.alerts = [sampleAlert({ fingerprint: 'f2', since: after(-1) })];
    await see(one);
    expect(told).toEqual(['CheckoutErrors']);
  });
});

describe('what an alert proposes', () => {
  const services = [
    { name: 'checkout', folder: '/other' },
    { name: 'Checkout', folder: '/shop' },
    { name: 'payments', folder: '/payments' },
  ];

  it.each([
    [{ service: 'checkout' }, 'Checkout', '/shop'],
    [{ app: 'payments' }, 'payments', '/payments'],
    [{ job: 'prod/payments' }, 'payments', '/payments'],
    [{ service: 'unknown', job: 'payments' }, 'payments', '/payments'],
    [{ job: 'node' }, undefined, '/shop'],
    [{}, undefined, '/shop'],
  ])('with the labels %j: service %s of %s', (labels, service, folder) => {
    const proposal = alertProposal(listedAlert({ labels }), services, after(0));
    expect([proposal.service, proposal.folder]).toEqual([service, folder]);
  });

  it('is titled by its summary, else by its name', () => {
    expect(alertProposal(listedAlert(), [], after(0)).title).toBe('Checkout fails');
    expect(alertProposal(listedAlert({ summary: '' }), [], after(0)).title).toBe('CheckoutErrors');
  });
});
