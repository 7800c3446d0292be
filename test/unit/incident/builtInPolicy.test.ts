import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { initialDueTimes, learningDueTimes, nextUpdateDueTime } from '../../../src/incident/dueTimes.ts';
import { fitsEventType } from '../../../src/incident/eventShapes.ts';
import type { IsoTime } from '../../../src/incident/isoTime.ts';
import { severities, severityLabel, worseOf } from '../../../src/incident/severity.ts';
import { checks, roles, statuses, symptoms, workingStatuses } from '../../../src/incident/words.ts';
import { eventLog, monday } from '../../support/builders/events.ts';

const policy = builtInPolicy('UTC');
const allRoles = ['incidentCommander', 'technicalLead', 'communicationsLead', 'scribe'];

describe('step 1, the table of severities', () => {
  it.each([
    ['SEV1', 'total outage, data loss, or a security breach', 5, 30, 15],
    ['SEV2', 'a major feature is down, significant impact', 15, 60, 30],
    ['SEV3', 'minor degradation, a workaround exists', 60, 4 * 60, 2 * 60],
  ] as const)('%s: %s, %d, %d and every %d minutes', (severity, meaning, respond, mitigate, communicate) => {
    expect(policy.severities[severity]).toMatchObject({
      meaning,
      respond: { kind: 'within', minutes: respond },
      mitigate: { kind: 'within', minutes: mitigate },
      communicate: { kind: 'every', minutes: communicate },
    });
  });

  it('SEV4: next business day, one week, on the ticket', () => {
    expect(policy.severities.SEV4).toMatchObject({
      meaning: 'cosmetic, minimal impact',
      respond: { kind: 'nextBusinessDay' },
      mitigate: { kind: 'within', minutes: 7 * 24 * 60 },
      communicate: { kind: 'ticket' },
    });
  });

  it('classifies within 5 minutes', () => {
    expect(policy.classifyWithinMinutes).toBe(5);
  });

  it.each([
    ['SEV1', '06:05', '06:30', '06:05'],
    ['SEV2', '06:15', '07:00', '06:15'],
    ['SEV3', '07:00', '10:00', '07:00'],
  ] as const)('%s detected at 06:00: respond by %s, mitigate by %s, first message by %s', (severity, ...expected) => {
    expect(dueClocks(initialDueTimes(policy, severity, monday))).toEqual({
      respond: `2026-11-23T${expected[0]}:00.000Z`,
      mitigate: `2026-11-23T${expected[1]}:00.000Z`,
      communicate: `2026-11-23T${expected[2]}:00.000Z`,
    });
  });

  it('takes the worse of two levels', () => {
    expect(severities).toEqual(['SEV1', 'SEV2', 'SEV3', 'SEV4']);
    for (const [index, worse] of severities.entries()) {
      for (const other of severities.slice(index)) {
        expect(worseOf(worse, other)).toBe(worse);
        expect(worseOf(other, worse)).toBe(worse);
      }
    }
  });

  it.each([
    ['SEV1', 'SEV-1'],
    ['SEV4', 'SEV-4'],
  ] as const)('writes %s as %s in messages', (severity, label) => {
    expect(severityLabel(severity)).toBe(label);
  });
});

describe('step 2, channel and roles', () => {
  it('names the channel #incident-…', () => {
    expect(policy.channelPrefix).toBe('incident-');
  });

  it.each([
    ['incidentCommander', 'Incident Commander', 'coordinates, decides, owns communication'],
    ['technicalLead', 'Technical Lead', 'directs the investigation'],
    ['communicationsLead', 'Communications Lead', 'stakeholder updates (SEV1, SEV2)'],
    ['scribe', 'Scribe', 'keeps the timeline'],
  ] as const)('%s is the %s: %s', (role, name, duty) => {
    expect(policy.roles[role]).toEqual({ name, duty });
  });

  it.each([
    ['SEV1', allRoles],
    ['SEV2', allRoles],
    ['SEV3', []],
    ['SEV4', []],
  ] as const)('%s needs %j filled', (severity, needed) => {
    expect(roles).toEqual(allRoles);
    expect(policy.severities[severity].roles).toEqual(needed);
  });
});

describe('step 3, the seven checks and where to look first', () => {
  it('has them in the order of the protocol', () => {
    expect(policy.checks.map(({ id }) => id)).toEqual(checks);
    expect(policy.checks.map(({ name, looksAt }) => `${name}: ${looksAt}`)).toEqual([
      'Recent deployments: the last 4 hours of commits and deploys',
      'Recent configuration changes: feature flags, environment variables, DNS',
      'External dependencies: health endpoints, status pages',
      'Infrastructure: CPU, memory, disk, connections',
      'Traffic: DDoS, load spike, unusual patterns',
      'Error logs: structured log search by correlation id',
      'Metrics: RED (rate, errors, duration), SLO burn rate',
    ]);
  });

  it('looks back 4 hours before the impact', () => {
    expect(policy.changeWindowMinutes).toBe(240);
  });

  it.each([
    ['highErrorRate', 'High error rate', 'recent deploys → rollback', 'dependencies → circuit break'],
    ['highLatency', 'High latency', 'slow database queries', 'external APIs → timeouts'],
    ['serviceDown', 'Service down', 'pod/container health → restart', 'network → DNS, load balancer'],
    ['dataIssues', 'Data issues', 'recent migrations', 'replication lag'],
  ] as const)('%s (%s): %s, then %s', (symptom, name, first, then) => {
    expect(policy.symptoms[symptom].name).toBe(name);
    expect(policy.symptoms[symptom].lookFirst.map(({ hint }) => hint)).toEqual([first, then]);
  });

  it('looks first with checks that there are, for every symptom', () => {
    expect(Object.keys(policy.symptoms)).toEqual(symptoms);
    for (const { lookFirst } of Object.values(policy.symptoms)) {
      for (const step of lookFirst) {
        expect(step.checks.length).toBeGreaterThan(0);
        for (const check of step.checks) expect(checks).toContain(check);
      }
    }
  });
});

describe('step 4, quick mitigations', () => {
  it('has the table of the protocol', () => {
    expect(policy.mitigations.map(({ cause, action, command }) => [cause, action, command])).toEqual([
      ['Bad deploy', 'Roll back', 'kubectl rollout undo deployment/<app>'],
      ['Resource exhaustion', 'Scale out', 'kubectl scale deployment/<app> --replicas=<n>'],
      ['Dependency failure', 'Open the circuit breaker, enable the fallback', undefined],
      ['Feature bug', 'Kill switch through the feature flag', undefined],
      ['Traffic spike', 'Rate limiting, scale the CDN', undefined],
    ]);
  });

  it('suggests for every symptom only mitigations that there are, each once', () => {
    const ids = policy.mitigations.map(({ id }) => id);
    for (const { mitigations } of Object.values(policy.symptoms)) {
      expect(new Set(mitigations).size).toBe(mitigations.length);
      for (const id of mitigations) expect(ids).toContain(id);
    }
  });
});

describe('step 5, the cadence', () => {
  it.each([
    ['SEV1', '06:15'],
    ['SEV2', '06:30'],
    ['SEV3', '08:00'],
  ] as const)('%s: after a message at 06:00 the next is due at %s', (severity, next) => {
    expect(dueClocks(nextUpdateDueTime(policy, severity, monday))).toEqual({
      communicate: `2026-11-23T${next}:00.000Z`,
    });
  });

  it('SEV4 has none, unless the writer set a time', () => {
    expect(nextUpdateDueTime(policy, 'SEV4', monday)).toEqual([]);
    expect(dueClocks(nextUpdateDueTime(policy, 'SEV4', monday, '2026-11-25T09:00:00.000Z'))).toEqual({
      communicate: '2026-11-25T09:00:00.000Z',
    });
  });

  it('knows the statuses of an incident, and those of updates', () => {
    expect(statuses).toEqual(['investigating', 'identified', 'mitigating', 'monitoring', 'resolved', 'closed']);
    expect(workingStatuses).toEqual(['investigating', 'identified', 'mitigating', 'monitoring']);
  });
});

describe('step 6, verification', () => {
  it('has the five items in order', () => {
    expect(policy.verification.map(({ text }) => text)).toEqual([
      'Health checks pass (`/health/live`, `/health/ready`)',
      'Error rate back to baseline',
      'Latency back to baseline',
      'Synthetic monitors green',
      'User flows verified',
    ]);
  });
});

describe('step 7, learning', () => {
  it('asks within 48 hours, 5 business days and 2 sprints of 14 days', () => {
    expect(policy).toMatchObject({
      postMortemWithinHours: 48,
      reviewWithinBusinessDays: 5,
      sprintDays: 14,
      actionItemSprints: 2,
    });
  });

  const both = { postMortem: '2026-11-25T06:00:00.000Z', review: '2026-11-30T23:59:59.999Z' };
  it.each([
    ['SEV1', both],
    ['SEV2', both],
    ['SEV3', { postMortem: both.postMortem }],
    ['SEV4', {}],
  ] as const)('%s resolved on Monday at 06:00 asks for %j', (severity, expected) => {
    expect(dueClocks(learningDueTimes(policy, severity, monday))).toEqual(expected);
  });
});

describe('the policy as a value', () => {
  it('warns at 80 % and counts Monday to Friday in the zone it is given', () => {
    expect(policy.warnAtPercent).toBe(80);
    expect(builtInPolicy('Asia/Kolkata').calendar).toEqual({
      zone: 'Asia/Kolkata',
      workingDays: [1, 2, 3, 4, 5],
      holidays: [],
    });
  });

  it('survives being stored in a declaration', () => {
    const { data } = eventLog().declare();
    expect(fitsEventType('incident.declared', JSON.parse(JSON.stringify(data)))).toBe(true);
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
  });
});

function dueClocks(due: readonly { readonly kind: string; readonly dueAt: IsoTime }[]): Record<string, IsoTime> {
  return Object.fromEntries(due.map(({ kind, dueAt }) => [kind, dueAt]));
}
