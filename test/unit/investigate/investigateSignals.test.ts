import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { combineSignalChecks } from '../../../src/investigate/combineSignalChecks.ts';
import { completeCheck } from '../../../src/investigate/completeCheck.ts';
import { createInvestigate } from '../../../src/investigate/investigate.ts';
import type { SignalCheck, SignalContext, SignalResult } from '../../../src/investigate/signalCheck.ts';
import { signalEvidenceName } from '../../../src/investigate/signalEvidence.ts';
import { createSignalReader } from '../../../src/investigate/signalReader.ts';
import { IncidentError } from '../../../src/incident/incidentError.ts';
import type { Check } from '../../../src/incident/words.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext } from '../../support/builders/context.ts';
import { after } from '../../support/builders/events.ts';
import { sampleObservation } from '../../support/builders/sampleSignals.ts';
import { withoutSignals } from '../../support/builders/withoutSignals.ts';

let context: TestContext;

beforeEach(async () => {
  context = await createTestContext();
  context.pass(10);
  await context.run(declareIncident, { title: 'Checkout down', severity: 'SEV2', impactStart: after(-5) });
});
afterEach(() => context.dispose());

const bad = (text: string): SignalResult => ({
  observations: [
    sampleObservation({ id: 'live', verdict: 'ok' }),
    sampleObservation({ id: 'ready', verdict: 'bad', text }),
  ],
  nothing: 'Nothing is configured.',
});
const seesNothing: SignalResult = { observations: [], nothing: 'Nothing is configured.' };

/** A check that sees one thing after the other, and what it was given. */
function checkOf(
  check: Check,
  ...results: readonly (SignalResult | Error)[]
): SignalCheck & { asked: SignalContext[] } {
  const asked: SignalContext[] = [];
  return {
    check,
    asked,
    observe: (given) => {
      const result = results[Math.min(asked.length, results.length - 1)]!;
      asked.push(given);
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
  };
}

const changes = { look: () => Promise.reject(new Error('The repository was asked for.')) };
const investigating = (...signals: readonly SignalCheck[]) =>
  createInvestigate({ ...withoutSignals, checks: [], changes, signals: () => Promise.resolve(signals) });
const handleNow = async () => context.store.open(context.store.list()[0]!.id);
const recorded = async () =>
  (await handleNow()).state.entries.flatMap(({ event }) => (event.type === 'check.completed' ? [event.data] : []));

describe('checks that ask servers', () => {
  it('end in a verdict with its sentence, and keep what they saw for those who look later', async () => {
    const check = checkOf('dependencies', bad('answers 503'));
    const found = await context.run(investigating(check));
    expect(check.asked[0]).toMatchObject({ impactStart: after(-5), now: after(10), limitMs: 10_000 });
    expect(found.checks.find(({ check: id }) => id === 'dependencies')).toMatchObject({
      ...{ verdict: 'bad', summary: 'checkout ready answers 503. 1 other is fine.', manual: false },
    });
    const read = await createSignalReader()(await handleNow());
    expect(read.dependencies?.observations.map(({ id }) => id)).toEqual(['ready', 'live']);
    expect((await recorded())[0]?.evidence?.map(({ name }) => name)).toEqual([signalEvidenceName('dependencies')]);
  });

  it('run apart: only those that are asked for', async () => {
    const [one, two] = [checkOf('dependencies', bad('answers 503')), checkOf('metrics', bad('fails'))];
    await context.run(investigating(one, two), { checks: ['metrics'] });
    expect([one.asked.length, two.asked.length]).toEqual([0, 1]);
  });

  it('say why there was nothing to look at, and leave what a person found by hand', async () => {
    const investigate = investigating(checkOf('traffic', seesNothing));
    await context.run(investigate);
    expect((await recorded()).map(({ summary }) => summary)).toEqual(['Nothing is configured.']);
    await context.run(completeCheck, { check: 'traffic', verdict: 'ok', summary: 'the CDN is calm' });
    await context.run(investigate);
    expect((await handleNow()).state.checks.traffic).toMatchObject({ summary: 'the CDN is calm', manual: true });
  });

  it('look again without a word while no verdict changes, whatever the numbers', async () => {
    const sights = [bad('answers 503 in 3 ms'), bad('answers 503 in 9 ms'), bad('answers 503 in 5 ms')];
    const better: SignalResult = { observations: [sampleObservation({ id: 'ready', verdict: 'ok' })], nothing: '' };
    const investigate = investigating(checkOf('dependencies', ...sights, better));
    for (const onlyChanges of [true, true, false, true]) await context.run(investigate, { onlyChanges });
    expect((await recorded()).map(({ verdict, summary }) => `${verdict}: ${summary}`)).toEqual([
      'bad: checkout ready answers 503 in 3 ms. 1 other is fine.',
      'bad: checkout ready answers 503 in 5 ms. 1 other is fine.',
      'ok: checkout ready is ok.',
    ]);
  });

  it('are all recorded though one of them fails in a way nobody foresaw, which is told', async () => {
    const broken = checkOf('infrastructure', new TypeError('a bug'));
    const slow: SignalCheck = {
      check: 'metrics',
      observe: () => new Promise((resolve) => setTimeout(resolve, 50, bad('fails'))),
    };
    await expect(context.run(investigating(broken, slow))).rejects.toThrow('a bug');
    expect((await recorded()).map(({ check, verdict, summary }) => [check, verdict, summary])).toEqual([
      ['infrastructure', 'unknown', 'A mistake in Mayday kept it from being looked at: a bug'],
      ['metrics', 'bad', expect.any(String)],
    ]);
  });

  it('ask nothing while an address is new, and say which', async () => {
    const check = checkOf('metrics', bad('fails'));
    const prometheus = { name: 'main', url: 'https://prometheus.example.org' };
    const targets = { services: [], statusPages: [], dataSources: { prometheus: [prometheus], alertmanager: [] } };
    const asked: string[] = [];
    const investigate = createInvestigate({
      ...{ checks: [], changes, signals: () => Promise.resolve([check]) },
      targetsOf: () => Promise.resolve(targets),
      requireDecided: (addresses) => {
        asked.push(...addresses.map(({ text }) => text));
        throw new IncidentError('needsConfirmation', 'Nobody confirmed it.');
      },
    });
    await expect(context.run(investigate)).rejects.toThrow('Nobody confirmed it.');
    expect(asked).toEqual(['https://prometheus.example.org/']);
    expect(check.asked).toEqual([]);
    await context.run(investigate, { onlyChanges: true });
    expect(check.asked).toHaveLength(1);
  });

  it('are one check where several look at different things for it', async () => {
    const parts = [checkOf('metrics', seesNothing), checkOf('metrics', bad('fails'))];
    await context.run(investigating(combineSignalChecks('metrics', parts)));
    expect((await recorded()).map(({ verdict }) => verdict)).toEqual(['bad']);
    const nothing = combineSignalChecks('metrics', [checkOf('metrics', seesNothing), checkOf('metrics', seesNothing)]);
    expect(await nothing.observe(parts[0]!.asked[0]!, new AbortController().signal)).toEqual({
      ...{ observations: [], nothing: 'Nothing is configured.', charts: [] },
    });
  });
});
