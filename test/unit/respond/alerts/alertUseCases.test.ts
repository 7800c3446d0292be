import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpError } from '../../../../src/connect/httpError.ts';
import { IncidentError } from '../../../../src/incident/incidentError.ts';
import type { OutsideEffect } from '../../../../src/incident/useCase.ts';
import { createAcknowledgeAlert } from '../../../../src/respond/alerts/acknowledgeAlert.ts';
import { createAlertServices } from '../../../../src/respond/alerts/alertServices.ts';
import type { AlertSight } from '../../../../src/respond/alerts/alertSight.ts';
import { createAttachAlert } from '../../../../src/respond/alerts/attachAlert.ts';
import { createDeclareFromAlert } from '../../../../src/respond/alerts/declareFromAlert.ts';
import { createAlertFollower } from '../../../../src/respond/alerts/followAlerts.ts';
import { findAlert } from '../../../../src/respond/alerts/findAlert.ts';
import { createSilenceAlert } from '../../../../src/respond/alerts/silenceAlert.ts';
import { declareIncident } from '../../../../src/respond/declareIncident.ts';
import type { TestSource } from '../../../support/builders/alerts.ts';
import { readerOf, sampleAlert, testSource } from '../../../support/builders/alerts.ts';
import type { TestContext } from '../../../support/builders/context.ts';
import { createTestContext } from '../../../support/builders/context.ts';
import { after } from '../../../support/builders/events.ts';

let context: TestContext;
let shop: string;
let manager: TestSource;
let duty: TestSource;
let confirmed: OutsideEffect[];
let says: boolean;
const signal = new AbortController().signal;

beforeEach(async () => {
  context = await createTestContext();
  shop = context.folders[0] ?? '';
  manager = testSource('alertmanager', [sampleAlert()]);
  duty = testSource('pagerduty');
  confirmed = [];
  says = true;
  Object.assign(context.host, {
    confirm: (effect: OutsideEffect) => {
      confirmed.push(effect);
      return Promise.resolve(says);
    },
  });
});
afterEach(() => context.dispose());

const reader = () => readerOf([manager, duty], () => context.now, shop);
const services = () => Promise.resolve([{ name: 'checkout', folder: shop }]);
const stateOf = async (incident: string) => (await context.store.open(incident as never)).state;
const types = async (incident: string) => (await stateOf(incident)).entries.map(({ event }) => event.type);
const declare = () => context.run(declareIncident, { title: 'Checkout fails', severity: 'SEV2' });

describe('declaring from an alert', () => {
  const declareFrom = () => createDeclareFromAlert({ reader: reader(), services });

  it('takes title, severity, service and start from it, and keeps it', async () => {
    const declared = await context.run(declareFrom(), { alert: 'f1' });
    const state = await stateOf(declared.incident);
    expect(state).toMatchObject({
      title: 'Checkout fails',
      severity: 'SEV1',
      service: 'checkout',
      moments: { impactStart: after(-3), detected: after(-3) },
      alerts: [
        {
          ...{
            source: 'alertmanager prod (http://a/)',
            fingerprint: 'f1',
            name: 'CheckoutErrors',
            startsAt: after(-3),
          },
          labels: { alertname: 'CheckoutErrors', severity: 'page', service: 'checkout' },
        },
      ],
    });
    expect(state.ledger.find(({ kind }) => kind === 'respond')?.from).toBe(after(-3));
    const handle = await context.store.open(declared.incident);
    const [ref] = state.alerts[0]?.evidence ?? [];
    const kept = JSON.parse(Buffer.from(await handle.readEvidence(ref!)).toString()) as object;
    expect(kept).toMatchObject({ v: 1, description: 'More than 5 % of requests fail', fingerprint: 'f1' });
  });

  it('lets a person say otherwise', async () => {
    const wish = { alert: 'CheckoutErrors', title: 'Cards are refused', severity: 'SEV3', impact: 'Cards' };
    const declared = await context.run(declareFrom(), wish);
    expect(await stateOf(declared.incident)).toMatchObject({
      title: 'Cards are refused',
      severity: 'SEV3',
      impact: 'Cards',
    });
  });

  it.each([
    [{ severity: 'blocker' }, /calls itself “blocker”, which the policy gives no severity/],
    [{}, /does not say how bad it is/],
  ])('with the labels %j needs a severity', async (labels, message) => {
    manager.alerts = [sampleAlert({ labels })];
    await expect(context.run(declareFrom(), { alert: 'f1' })).rejects.toMatchObject({ reason: 'invalidArgument', message: expect.stringMatching(message) as string }); // prettier-ignore
    expect(context.store.list()).toEqual([]);
  });

  it('does not believe a start in the future', async () => {
    manager.alerts = [sampleAlert({ since: after(30) })];
    const declared = await context.run(declareFrom(), { alert: 'f1' });
    const { moments } = await stateOf(declared.incident);
    expect([moments.detected, moments.impactStart]).toEqual([context.now, undefined]);
  });

  it('takes credentials out of labels and summary', async () => {
    const labels = { severity: 'page', db_password: 'hunter2hunter2' };
    manager.alerts = [
      sampleAlert({ labels, summary: 'Login with Authorization: Bearer abcdefghij0123456789abcdef fails' }),
    ];
    const declared = await context.run(declareFrom(), { alert: 'f1' });
    const state = await stateOf(declared.incident);
    const handle = await context.store.open(declared.incident);
    const kept = Buffer.from(await handle.readEvidence(state.alerts[0]!.evidence![0]!)).toString();
    expect(`${JSON.stringify(state)}${kept}`).not.toMatch(/hunter2|abcdefghij0123/);
  });

  it('that is not there says what could not be seen', async () => {
    duty.failure = new HttpError('unauthorized', 'http://a/ does not accept who asks (401).', { status: 401 });
    await expect(context.run(declareFrom(), { alert: 'Other' })).rejects.toMatchObject({
      ...{ reason: 'notFound', message: 'No alert Other fires.' },
      hint: 'Not everything could be seen. pagerduty prod (http://a/): http://a/ does not accept who asks (401).',
    });
  });

  it('of which there are several names them', async () => {
    manager.alerts = [sampleAlert(), sampleAlert({ fingerprint: 'f2', id: 'alertmanager/prod/f2' })];
    await expect(context.run(declareFrom(), { alert: 'CheckoutErrors' })).rejects.toMatchObject({
      ...{ reason: 'ambiguous', hint: 'Say which one by its id: alertmanager/prod/f1, alertmanager/prod/f2.' },
    });
  });
});

describe('finding an alert', () => {
  it('asks anew when what was told last is older than a minute', async () => {
    const before = reader();
    await before.read({ signal });
    context.pass(1);
    await findAlert(before, 'f1', signal);
    expect(manager.reads).toBe(1);
    context.pass(300);
    manager.alerts = [];
    await expect(findAlert(before, 'f1', signal)).rejects.toMatchObject({ reason: 'notFound' });
    expect(manager.reads).toBe(2);
  });
});

describe('attaching an alert', () => {
  it('records it once as long as it fires', async () => {
    const { incident } = await declare();
    const attach = createAttachAlert(reader());
    await context.run(attach, { alert: 'f1' });
    await context.run(attach, { alert: 'f1', incident });
    expect((await types(incident)).filter((type) => type === 'alert.attached')).toHaveLength(1);
  });
});

describe('silencing', () => {
  it('shows matchers, end and target, silences, and records intent and outcome', async () => {
    const { incident } = await declare();
    const result = await context.run(createSilenceAlert(reader()), { alert: 'f1', minutes: 120, comment: 'known' });
    expect(confirmed).toEqual([
      {
        what: 'Silence “CheckoutErrors” for 2 h, until 2026-11-23 08:00 UTC?',
        target: 'POST http://a/api/v2/silences',
        command: 'Everything with\nalertname="CheckoutErrors"\nservice="checkout"\nseverity="page"\nComment: known',
      },
    ]);
    expect(manager.silences).toMatchObject([
      { startsAt: context.now, endsAt: after(120), createdBy: 'Ada Lovelace', comment: 'known' },
    ]);
    expect(result).toMatchObject({ incident, silence: 'silence-1', endsAt: after(120) });
    expect((await stateOf(incident)).alertActions).toMatchObject([
      { kind: 'silence', name: 'CheckoutErrors', until: after(120), outcome: { kind: 'done', note: 'silence-1' } },
    ]);
  });

  it('of some labels matches only those', async () => {
    await context.run(createSilenceAlert(reader()), { alert: 'f1', labels: ['service'] });
    expect(manager.silences[0]?.matchers).toEqual([{ name: 'service', value: 'checkout', isEqual: true }]);
    const unknown = context.run(createSilenceAlert(reader()), { alert: 'f1', labels: ['team'] });
    await expect(unknown).rejects.toMatchObject({ reason: 'invalidArgument' });
  });

  it('does and records nothing on a no', async () => {
    const { incident } = await declare();
    says = false;
    await expect(context.run(createSilenceAlert(reader()), { alert: 'f1' })).rejects.toMatchObject({
      reason: 'cancelled',
    });
    expect([manager.silences, (await stateOf(incident)).alertActions]).toEqual([[], []]);
  });

  it.each([
    [new HttpError('forbidden', 'http://a/ forbids it (403).', { status: 403 }), { kind: 'failed' }, /forbids it/],
    [new HttpError('connectionRefused', 'http://a/ refuses connections.'), { kind: 'failed' }, /refuses connections/],
    [new HttpError('timeout', 'http://a/ did not answer.'), { kind: 'unknown' }, /^Whether it was done is unknown/],
    [new HttpError('connectionLost', 'http://a/ hung up.'), { kind: 'unknown' }, /^Whether it was done is unknown/],
    [new IncidentError('cancelled', 'Cancelled.'), { kind: 'unknown' }, /^Whether it was done is unknown/],
  ])('that fails with %s has the outcome %j', async (failure, outcome, message) => {
    const { incident } = await declare();
    manager.refusal = failure;
    await expect(context.run(createSilenceAlert(reader()), { alert: 'f1' })).rejects.toThrow(message);
    expect((await stateOf(incident)).alertActions).toMatchObject([{ outcome }]);
  });

  it('without an incident is done all the same, with several it has to be said which', async () => {
    await context.run(createSilenceAlert(reader()), { alert: 'f1' });
    expect(manager.silences).toHaveLength(1);
    await declare();
    await declare();
    await expect(context.run(createSilenceAlert(reader()), { alert: 'f1' })).rejects.toMatchObject({
      reason: 'ambiguous',
    });
    expect(confirmed).toHaveLength(1);
  });

  it('is nothing that Prometheus can do', async () => {
    const own = testSource('prometheus', [sampleAlert({ kind: 'prometheus' })]);
    const silence = createSilenceAlert(readerOf([own], () => context.now));
    await expect(context.run(silence, { alert: 'f1' })).rejects.toMatchObject({
      hint: 'Only Alertmanager does: name it at dataSources.alertmanager of mayday.yaml.',
    });
  });
});

describe('acknowledging', () => {
  it('is done where the source can, and recorded', async () => {
    const { incident } = await declare();
    duty.alerts = [sampleAlert({ kind: 'pagerduty', fingerprint: 'PT4KHLK', name: 'Down' })];
    await context.run(createAcknowledgeAlert(reader()), { alert: 'PT4KHLK' });
    expect(duty.acknowledged).toEqual(['PT4KHLK']);
    expect(confirmed).toEqual([{ what: 'Acknowledge “Down”?', target: 'PUT http://a/incidents/PT4KHLK' }]);
    expect((await types(incident)).slice(-2)).toEqual(['alertAction.started', 'alertAction.finished']);
  });

  it('is nothing that Alertmanager can do, which says what can be done', async () => {
    await expect(context.run(createAcknowledgeAlert(reader()), { alert: 'f1' })).rejects.toMatchObject({
      ...{ reason: 'refused', message: 'alertmanager prod (http://a/) knows no acknowledging.' },
      hint: expect.stringMatching(/^Silence the alert there/) as string,
    });
  });
});

describe('the end of an alert', () => {
  const claims = new Set<string>();
  const claim = (key: string) => Promise.resolve(!claims.has(key) && claims.add(key).has(key));
  let follow: (sight: AlertSight) => Promise<void>;
  const look = async () => follow(await reader().read({ signal }));
  const attached = async () => {
    claims.clear();
    follow = createAlertFollower({ store: context.store, claim });
    const { incident } = await declare();
    await context.run(createAttachAlert(reader()), { alert: 'f1' });
    context.pass(5);
    return incident;
  };

  it('is recorded once, as of the first look without it', async () => {
    const incident = await attached();
    await look();
    expect((await stateOf(incident)).alerts[0]?.resolvedAt).toBeUndefined();
    manager.alerts = [];
    const first = context.now;
    await look();
    context.pass(2.5);
    await look();
    await look();
    expect((await stateOf(incident)).alerts[0]?.resolvedAt).toBe(first);
    expect((await types(incident)).filter((type) => type === 'alert.resolved')).toHaveLength(1);
  });

  it('is not an empty answer of a server that was just restarted', async () => {
    const incident = await attached();
    const told = manager.alerts;
    manager.alerts = [];
    await look();
    context.pass(2);
    await look();
    manager.alerts = told;
    context.pass(0.5);
    await look();
    manager.alerts = [];
    await look();
    context.pass(2);
    await look();
    expect(await types(incident)).not.toContain('alert.resolved');
  });

  it('is not believed of a source that does not answer, or does not tell all', async () => {
    const incident = await attached();
    manager.alerts = [];
    await look();
    context.pass(3);
    manager.failure = new HttpError('timeout', 'late');
    await look();
    context.pass(3);
    manager.failure = undefined;
    await look();
    context.pass(3);
    manager.left = 3;
    await look();
    expect((await stateOf(incident)).alerts[0]?.resolvedAt).toBeUndefined();
  });

  it('is recorded by one of several windows', async () => {
    const incident = await attached();
    manager.alerts = [];
    const windows = [1, 2, 3].map(() => createAlertFollower({ store: context.store, claim }));
    for (const minutes of [0, 3]) {
      context.pass(minutes);
      const sight = await reader().read({ signal });
      await Promise.all(windows.map((seen) => seen(sight)));
    }
    expect((await types(incident)).filter((type) => type === 'alert.resolved')).toHaveLength(1);
  });

  it('is recorded in every incident that can be written, and what fires is shown all the same', async () => {
    const incident = await attached();
    await declare();
    manager.alerts = [sampleAlert({ fingerprint: 'f2' })];
    const full = new IncidentError('storage', 'The disk is full.');
    const store = {
      list: () => context.store.list(),
      open: (id: Parameters<typeof context.store.open>[0]) =>
        id === incident ? context.store.open(id) : Promise.reject(full),
    };
    const shown: AlertSight[] = [];
    const alerts = createAlertServices({ reader: reader(), services, store, claim, now: () => context.now });
    const first = context.now;
    for (const minutes of [0, 3]) {
      context.pass(minutes);
      await expect(alerts.look({ signal, onPart: (sight) => shown.push(sight) })).rejects.toBe(full);
    }
    expect(shown.at(-1)?.alerts.map(({ fingerprint }) => fingerprint)).toEqual(['f2']);
    expect((await stateOf(incident)).alerts[0]?.resolvedAt).toBe(first);
  });

  it('is not the last word: that it fires again is recorded once', async () => {
    const incident = await attached();
    const told = manager.alerts;
    manager.alerts = [];
    await look();
    context.pass(3);
    await look();
    manager.alerts = told.map((alert) => ({ ...alert, status: 'pending' as const }));
    context.pass(5);
    await look();
    expect((await stateOf(incident)).alerts[0]?.resolvedAt).toBeDefined();
    manager.alerts = told;
    await look();
    await look();
    const { alerts, entries } = await stateOf(incident);
    expect([alerts.length, alerts[0]?.resolvedAt]).toEqual([1, undefined]);
    const attachings = entries.flatMap(({ event }) => (event.type === 'alert.attached' ? [event.data] : []));
    expect(attachings).toMatchObject([{ fingerprint: 'f1' }, { fingerprint: 'f1', again: true }]);
  });
});
