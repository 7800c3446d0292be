import { describe, expect, it } from 'vitest';
import { mergePolicy } from '../../../../src/config/mergePolicy.ts';
import { builtInPolicy } from '../../../../src/incident/builtInPolicy.ts';
import { foldIncident } from '../../../../src/incident/foldIncident.ts';
import { parseEvent } from '../../../../src/incident/parseEvent.ts';
import { alertLevel } from '../../../../src/signals/alerts/alertLevel.ts';
import { eventLog } from '../../../support/builders/events.ts';

const policy = builtInPolicy('UTC');

describe('how bad an alert is', () => {
  it.each([
    ['page', 'SEV1'],
    ['critical', 'SEV1'],
    ['CRITICAL ', 'SEV1'],
    ['error', 'SEV2'],
    ['high', 'SEV2'],
    ['warning', 'SEV3'],
    ['ticket', 'SEV3'],
    ['info', 'SEV4'],
    ['none', 'SEV4'],
    ['blocker', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('the built-in policy makes %j %s', (severity, level) => {
    expect(alertLevel({ labels: { severity } }, policy.alerts).severity).toBe(level);
  });

  it('is what the source itself says where there is no label', () => {
    expect(alertLevel({ labels: {}, urgency: 'P2' }, policy.alerts)).toEqual({ text: 'P2', severity: 'SEV2' });
    expect(alertLevel({ labels: { severity: 'page' }, urgency: 'P2' }, policy.alerts).severity).toBe('SEV1');
    expect(alertLevel({ labels: {} }, policy.alerts)).toEqual({});
  });

  it('can be said in the words of a team, beside the built-in ones', () => {
    const { alerts } = mergePolicy(policy, {
      alerts: { label: 'level', severities: { Blocker: 'SEV1', page: 'SEV2' } },
    });
    const levels = ['blocker', 'page', 'ticket'].map((level) => alertLevel({ labels: { level } }, alerts).severity);
    expect(levels).toEqual(['SEV1', 'SEV2', 'SEV3']);
    expect(alertLevel({ labels: { severity: 'page' } }, alerts)).toEqual({});
  });

  it('is not known under a policy that knows no alerts, which is still one', () => {
    const { alerts: _, ...old } = policy;
    expect(alertLevel({ labels: { severity: 'page' } }, undefined)).toEqual({ text: 'page' });
    expect(mergePolicy(old, {})).toEqual(old);
    const log = eventLog();
    log.open();
    const declared = log.declare('SEV2', { policy: old });
    const read = parseEvent(JSON.stringify(declared));
    expect(read).toMatchObject({ kind: 'event', event: { type: 'incident.declared' } });
    expect(foldIncident(log.events).policy).toEqual(old);
  });
});
