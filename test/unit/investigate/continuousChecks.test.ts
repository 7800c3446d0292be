import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IncidentError } from '../../../src/incident/incidentError.ts';
import type { IncidentId } from '../../../src/incident/ids.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import { isoTimeOf } from '../../../src/incident/isoTime.ts';
import type { ContinuousChecks, ContinuousOptions } from '../../../src/investigate/continuousChecks.ts';
import { createContinuousChecks } from '../../../src/investigate/continuousChecks.ts';
import { monday, ulidOf } from '../../support/builders/events.ts';

const one = toIncidentId(ulidOf(monday, 1))!;
const other = toIncidentId(ulidOf(monday, 2))!;
const started = Date.parse(monday);

/** When each look began, in seconds since the start. */
let looks: (readonly [IncidentId, number])[];
let watched: boolean[];
let warnings: string[];
let checks: ContinuousChecks;

beforeEach(() => {
  vi.useFakeTimers({ now: started });
  looks = [];
  watched = [];
  warnings = [];
});

afterEach(() => {
  checks.dispose();
  vi.useRealTimers();
});

function watching(more: Partial<ContinuousOptions> = {}): ContinuousChecks {
  const warn = (text: string): void => {
    warnings.push(text);
  };
  checks = createContinuousChecks({
    now: () => isoTimeOf(Date.now()),
    isOpen: () => Promise.resolve(true),
    claim: () => Promise.resolve(true),
    run: () => Promise.resolve(),
    onChange: () => watched.push(checks.isWatching(one)),
    log: { info: warn, warn, error: warn },
    ...more,
  });
  return checks;
}

/** Notes when it is called, and does what is given. */
const noting =
  (then: (signal: AbortSignal) => Promise<unknown> = () => Promise.resolve()): ContinuousOptions['run'] =>
  (incident, signal) => {
    looks.push([incident, (Date.now() - started) / 1000]);
    return then(signal);
  };
const times = (of = one) => looks.filter(([incident]) => incident === of).map(([, at]) => at);
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

describe('watching the signals of an incident', () => {
  it('looks at once, then every 30 s, until a person ends it', async () => {
    const { toggle, isWatching } = watching({ run: noting() });
    expect(toggle(one)).toBe(true);
    await seconds(95);
    expect(times()).toEqual([0, 30, 60, 90]);
    expect([isWatching(one), isWatching(other)]).toEqual([true, false]);
    expect(toggle(one)).toBe(false);
    await seconds(300);
    expect(times()).toHaveLength(4);
    expect(watched).toEqual([true, false]);
  });

  it('waits for a look to end: never two at once', async () => {
    const { toggle } = watching({ run: noting(() => new Promise((resolve) => setTimeout(resolve, 45_000))) });
    toggle(one);
    await seconds(160);
    expect(times()).toEqual([0, 75, 150]);
  });

  it('two incidents each for itself', async () => {
    const { toggle } = watching({ run: noting() });
    toggle(one);
    await seconds(10);
    toggle(other);
    await seconds(55);
    expect([times(one), times(other)]).toEqual([
      [0, 30, 60],
      [10, 40],
    ]);
  });

  it('waits twice as long while looks fail, up to five minutes, and not when they do again', async () => {
    let works = false;
    const fail = () => Promise.reject(new IncidentError('storage', 'The disk is full.'));
    const { toggle } = watching({ run: noting(() => (works ? Promise.resolve() : fail())) });
    toggle(one);
    await seconds(1100);
    expect(times()).toEqual([0, 60, 180, 420, 720, 1020]);
    expect(warnings).toHaveLength(6);
    works = true;
    await seconds(300);
    expect(times().slice(6)).toEqual([1320, 1350, 1380]);
  });

  it.each<[string, ContinuousOptions['isOpen']]>([
    ['it is resolved', () => Promise.resolve(Date.now() < started + 50_000)],
    [
      'its record is gone',
      () =>
        Date.now() < started + 50_000 ? Promise.resolve(true) : Promise.reject(new IncidentError('notFound', 'Gone.')),
    ],
  ])('ends when %s', async (_what, isOpen) => {
    const { toggle, isWatching } = watching({ run: noting(), isOpen });
    toggle(one);
    await seconds(600);
    expect(times()).toEqual([0, 30]);
    expect(isWatching(one)).toBe(false);
    expect(watched).toEqual([true, false]);
    expect(warnings).toEqual([]);
  });

  it.each([['toggle'], ['dispose']] as const)('%s ends a look that is under way, without a word', async (how) => {
    let aborted = 0;
    const never = (signal: AbortSignal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted++;
          reject(new IncidentError('cancelled', 'It was cancelled.'));
        });
      });
    const { toggle, dispose } = watching({ run: noting(never) });
    toggle(one);
    await seconds(5);
    if (how === 'toggle') toggle(one);
    else dispose();
    await seconds(600);
    expect([aborted, times().length, warnings]).toEqual([1, 1, []]);
  });

  it('one window of the machine looks, the other leaves it to that once it has looked itself', async () => {
    const claimed = new Set<string>();
    const claim = (key: string) => Promise.resolve(!claimed.has(key) && claimed.add(key).has(key));
    const first = watching({ run: noting(), claim });
    const second = watching({ run: noting(), claim });
    first.toggle(one);
    second.toggle(one);
    await seconds(65);
    first.dispose();
    expect(times()).toEqual([0, 0, 30, 60]);
  });

  it('a clock that is set back or ahead does not keep it waiting', async () => {
    const { toggle } = watching({ run: noting() });
    toggle(one);
    await seconds(1);
    vi.setSystemTime(started - 3_600_000);
    await seconds(31);
    expect(looks).toHaveLength(2);
    vi.setSystemTime(started + 86_400_000);
    await seconds(31);
    expect(looks).toHaveLength(3);
  });
});
