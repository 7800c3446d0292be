import { describe, expect, it } from 'vitest';
import { messageView } from '../../../src/documents/messageView.ts';
import type { MessageInputs, MessageView } from '../../../src/documents/messageView.ts';
import type { UpdateKind } from '../../../src/incident/words.ts';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { after, eventLog, ulidOf } from '../../support/builders/events.ts';
import type { EventLog } from '../../support/builders/events.ts';

function viewOf(log: EventLog, kind: UpdateKind = 'update', inputs: MessageInputs = {}): MessageView {
  return messageView(log.state(), kind, inputs, { now: after(100), zone: 'UTC' });
}

function mitigate(log: EventLog, what: string, minutes: number, outcome?: 'worked' | 'noEffect'): void {
  const mitigation = ulidOf(after(minutes), minutes);
  if (outcome === undefined) log.add('mitigation.started', { mitigation, what }, { at: minutes });
  else log.add('mitigation.finished', { mitigation, what, outcome }, { at: minutes });
}

function find(log: EventLog, text: string, minutes: number): void {
  log.add('finding.added', { check: 'logs', text }, { at: minutes });
}

describe('what a message says when nobody says otherwise', () => {
  it('is what is new since the last message, oldest first', () => {
    const log = eventLog();
    log.declare();
    find(log, 'old', 5);
    log.post('initial', { at: 6 });
    find(log, 'second', 12);
    log.add(
      'check.completed',
      { check: 'metrics', verdict: 'suspicious', summary: 'errors at 30 %', manual: true },
      { at: 11 },
    );
    log.add('check.completed', { check: 'traffic', verdict: 'ok', summary: 'as always', manual: true }, { at: 13 });
    mitigate(log, 'Restart', 14, 'noEffect');
    mitigate(log, 'Roll back', 15);
    expect(viewOf(log)).toMatchObject({
      findings: 'Metrics suspicious: errors at 30 %; second',
      actions: 'Restart (no effect); Roll back (in progress)',
    });
  });

  it('is the last few facts when nothing is new', () => {
    const log = eventLog();
    log.declare();
    for (const number of [1, 2, 3, 4, 5]) find(log, `finding ${number}`, number);
    log.post('update', { at: 20 });
    expect(viewOf(log).findings).toBe('finding 3; finding 4; finding 5');
  });

  it('is unknown, and why, when the record has nothing', () => {
    const log = eventLog();
    log.declare('SEV2', { impact: '' });
    expect(viewOf(log)).toMatchObject({
      impact: 'unknown (not stated yet)',
      incidentCommander: 'unknown (nobody has taken the role yet)',
      findings: 'unknown (no finding is recorded yet)',
      actions: 'unknown (no mitigation is recorded yet)',
      nextSteps: 'unknown (not stated yet)',
      duration: 'unknown (when impact began is not recorded)',
      rootCause: 'unknown (not found yet)',
    });
  });

  it('leaves out what was retracted', () => {
    const log = eventLog();
    log.declare();
    const wrong = log.add('finding.added', { check: 'logs', text: 'wrong' }, { at: 3 });
    log.retract(wrong, { at: 4 });
    expect(viewOf(log).findings).toBe('unknown (no finding is recorded yet)');
  });
});

describe('what a person says in a message', () => {
  it('stands in place of the record', () => {
    const log = eventLog();
    log.declare('SEV1');
    find(log, 'recorded', 3);
    const inputs: MessageInputs = {
      status: 'monitoring',
      impact: 'Half of all customers',
      findings: ['one', ' ', 'two'],
      actions: ['three'],
      nextSteps: ['four', 'five'],
      nextUpdateAt: after(130),
      rootCause: 'six',
      followUp: 'seven',
    };
    expect(viewOf(log, 'update', inputs)).toMatchObject({
      status: 'Monitoring',
      impact: 'Half of all customers',
      findings: 'one; two',
      actions: 'three',
      nextSteps: 'four; five',
      nextUpdate: '2026-11-23 08:10 UTC',
      rootCause: 'six',
      followUp: 'seven',
    });
  });

  it('is the record’s again when it is empty', () => {
    const log = eventLog();
    log.declare();
    find(log, 'recorded', 3);
    expect(viewOf(log, 'update', { findings: [], impact: ' ' })).toMatchObject({
      findings: 'recorded',
      impact: 'Nobody can pay',
    });
  });
});

describe('when the next message comes', () => {
  it.each([
    ['SEV1', '2026-11-23 07:55 UTC'],
    ['SEV2', '2026-11-23 08:10 UTC'],
    ['SEV3', '2026-11-23 09:40 UTC'],
    ['SEV4', 'on the ticket'],
  ] as const)('%s: %s', (severity, text) => {
    const log = eventLog();
    log.declare(severity);
    expect(viewOf(log).nextUpdate).toBe(text);
  });

  it('SEV4 names its ticket', () => {
    const log = eventLog();
    log.declare('SEV4', { ticket: 'OPS-42' });
    expect(viewOf(log).nextUpdate).toBe('on the ticket OPS-42');
  });

  it('never after the resolution', () => {
    const log = eventLog();
    log.declare();
    expect(viewOf(log, 'resolved').nextUpdate).toBe('none, the incident is resolved');
  });
});

describe('a resolution', () => {
  it.each([
    [{}, 'unknown (when impact began is not recorded)'],
    [{ impactStart: after(-10) }, 'unknown (when impact ended is not recorded)'],
    [
      { impactStart: after(-10), impactEnd: after(62) },
      '1 h 12 min, from 2026-11-23 05:50 UTC to 2026-11-23 07:02 UTC',
    ],
  ])('lasted %j: %s', ({ impactStart, impactEnd }: { impactStart?: string; impactEnd?: string }, text) => {
    const log = eventLog();
    log.declare('SEV1', impactStart === undefined ? {} : { impactStart });
    log.add('incident.resolved', { due: [], ...(impactEnd === undefined ? {} : { impactEnd }) }, { at: 70 });
    expect(viewOf(log, 'resolved').duration).toBe(text);
  });

  it('has a post-mortem with its date once it is resolved, and within 48 hours before', () => {
    const log = eventLog();
    log.declare('SEV1', { policy: builtInPolicy('UTC') });
    expect(viewOf(log, 'resolved').followUp).toBe('post-mortem scheduled, within 48 hours of the resolution');
    log.resolve({ at: 60 });
    expect(viewOf(log, 'resolved').followUp).toBe('post-mortem scheduled, 2026-11-25 07:00 UTC');
  });

  it('of SEV4 needs none, unless it was worse', () => {
    const log = eventLog();
    log.declare('SEV4');
    expect(viewOf(log, 'resolved').followUp).toBe('no post-mortem is required for SEV-4');
    log.changeSeverity('SEV3', { at: 5 });
    log.changeSeverity('SEV4', { at: 6 });
    expect(viewOf(log, 'resolved').followUp).toContain('post-mortem scheduled');
  });
});
