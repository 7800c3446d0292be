import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deadlinesOf } from '../../../src/incident/deadlinesOf.ts';
import { foldIncident } from '../../../src/incident/foldIncident.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { initialDueTimes } from '../../../src/incident/dueTimes.ts';
import { startDeadlineScheduler } from '../../../src/respond/deadlineScheduler.ts';
import type { Reminder } from '../../../src/respond/reminders.ts';
import { remindersAt } from '../../../src/respond/reminders.ts';

const detected = '2026-11-23T08:00:00.000Z';
const policy = builtInPolicy('UTC');
const by = 'Ana Ruiz <ana@example.org>';
const ids = ['01M83K6ZKDZ7DJ5QGE728FWAZ1', '01M83K6ZKDZ7DJ5QGE728FWAZ2', '01M83K6ZKDZ7DJ5QGE728FWAZ3'] as const;

function declared(snoozedUntil?: string): IncidentState {
  const envelope = { v: 1, at: detected, by } as const;
  const declaration = {
    name: '2026-11-23-x',
    title: 'x',
    severity: 'SEV1',
    impact: '',
    confidential: false,
    channel: '#x',
    detected,
    policy,
    due: initialDueTimes(policy, 'SEV1', detected),
  } as const;
  const snooze = { deadline: `communicate-${ids[0]}`, until: snoozedUntil ?? detected, reason: 'busy' };
  return foldIncident([
    { ...envelope, id: ids[0], n: 1, type: 'incident.declared', data: declaration },
    { ...envelope, id: ids[1], n: 2, type: 'incident.acknowledged', data: {} },
    { ...envelope, id: ids[2], n: 3, type: 'deadline.snoozed', data: snooze },
  ]);
}

function stagesAt(time: string, state = declared()): readonly string[] {
  const now = `2026-11-23T${time}.000Z`;
  return remindersAt('i', state, deadlinesOf(state, now).deadlines, now).map(
    ({ deadline, stage, key }) => `${deadline.kind} ${stage} ${key.split('/')[4] ?? ''}`,
  );
}

describe('which reminders are due', () => {
  it.each([
    // SEV1: the first message is due with the response, 5 min after detection; mitigation after 30.
    ['08:03:59', []],
    ['08:04:00', ['communicate soon 0']],
    ['08:05:00', ['communicate due 0']],
    ['08:19:59', ['communicate due 0']],
    ['08:20:00', ['communicate overdue 1']],
    ['08:24:00', ['mitigate soon 0', 'communicate overdue 1']],
    ['08:35:00', ['mitigate due 0', 'communicate overdue 2']],
  ])('at %s: %j', (time, stages) => {
    expect(stagesAt(time)).toEqual(stages);
  });

  it('is quiet about a snoozed deadline until then', () => {
    const state = declared('2026-11-23T08:30:00.000Z');
    expect(stagesAt('08:20:00', state)).toEqual([]);
    expect(stagesAt('08:30:01', state)).toEqual(['mitigate due 0', 'communicate overdue 1']);
  });

  it('brings it up again after a snooze, also where that stage was shown before', () => {
    const now = '2026-11-23T08:30:01.000Z';
    const keysOf = (state: IncidentState): readonly string[] =>
      remindersAt('i', state, deadlinesOf(state, now).deadlines, now).map(({ key }) => key);
    const [mitigate, communicate] = keysOf(declared('2026-11-23T08:30:00.000Z'));
    expect(keysOf(declared())).toContain(mitigate);
    expect(keysOf(declared())).not.toContain(communicate);
  });
});

describe('the scheduler', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse(detected) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function start(claims: Set<string>, isBusy = () => false) {
    const shown: string[] = [];
    const remind = ({ deadline, stage }: Reminder): void => {
      shown.push(`${new Date().toISOString().slice(14, 16)} ${deadline.kind} ${stage}`);
    };
    const scheduler = startDeadlineScheduler({
      now: () => new Date().toISOString(),
      incidents: () => [{ id: 'i', state: declared() }],
      onTick: () => undefined,
      isBusy,
      claim: (key) => Promise.resolve(!claims.has(key) && Boolean(claims.add(key))),
      remind,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    return { scheduler, shown };
  }

  it('shows each stage once, when it begins', async () => {
    const { scheduler, shown } = start(new Set());
    await vi.advanceTimersByTimeAsync(21 * 60_000);
    scheduler.dispose();
    expect(shown).toEqual(['04 communicate soon', '05 communicate due', '20 communicate overdue']);
  });

  it('repeats none after a reload, nor in another window of the machine', async () => {
    const claims = new Set<string>();
    const first = start(claims);
    await vi.advanceTimersByTimeAsync(6 * 60_000);
    first.scheduler.dispose();
    const second = start(claims);
    const third = start(claims);
    await vi.advanceTimersByTimeAsync(60_000);
    second.scheduler.dispose();
    third.scheduler.dispose();
    expect([...second.shown, ...third.shown]).toEqual([]);
  });

  it('waits while a person is typing into a prompt', async () => {
    let busy = true;
    const { scheduler, shown } = start(new Set(), () => busy);
    await vi.advanceTimersByTimeAsync(6 * 60_000);
    expect(shown).toEqual([]);
    busy = false;
    await vi.advanceTimersByTimeAsync(60_000);
    scheduler.dispose();
    expect(shown).toEqual(['06 communicate due']);
  });

  it('comes at once with what is due after the machine slept', async () => {
    const { scheduler, shown } = start(new Set());
    await vi.advanceTimersByTimeAsync(60_000);
    vi.setSystemTime(Date.parse('2026-11-23T08:21:00.000Z'));
    await vi.advanceTimersByTimeAsync(30_100);
    scheduler.dispose();
    expect(shown).toEqual(['21 communicate overdue']);
  });
});
