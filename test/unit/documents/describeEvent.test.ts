import { describe, expect, it } from 'vitest';
import { describeEvent, eventTitle } from '../../../src/documents/describeEvent.ts';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { isEventType } from '../../../src/incident/eventShapes.ts';
import type { EventData, EventType, IncidentEvent } from '../../../src/incident/events.ts';
import { after, ulidOf } from '../../support/builders/events.ts';
import { ana, ben, unknownEvent } from '../../support/builders/state.ts';

const policy = builtInPolicy('UTC');
const id = ulidOf(after(0), 7);
const sha256 = 'a'.repeat(64);
const commit = '3f2a1b9c04de58f7a6b1c2d3e4f5061728394a5b';

function sentence<T extends EventType>(type: T, data: EventData[T]): string {
  const event = { v: 1, id, n: 1, at: after(0), by: ana, type, data } as unknown as IncidentEvent;
  return describeEvent(event, policy);
}

const declared: EventData['incident.declared'] = {
  name: 'n',
  title: 'Checkout is down',
  severity: 'SEV1',
  impact: 'all',
  confidential: false,
  channel: '#c',
  detected: after(0),
  policy,
  due: [],
};

/** Every type of event, with and without what is optional. The key `satisfies` makes a new type a compile error. */
const sentences = {
  'writer.opened': [
    [sentence('writer.opened', { incident: id, host: 'laptop' }), 'Record opened on laptop'],
    [
      sentence('writer.opened', { incident: id, host: 'laptop', continues: id }),
      'Record opened on laptop, continuing an earlier log',
    ],
  ],
  'incident.declared': [
    [sentence('incident.declared', declared), 'Declared as SEV-1: Checkout is down'],
    [sentence('incident.declared', { ...declared, drill: true }), 'Declared as SEV-1 (drill): Checkout is down'],
    [sentence('incident.declared', { ...declared, title: 'a\n\tb \u202E c' }), 'Declared as SEV-1: a b c'],
  ],
  'incident.acknowledged': [
    [sentence('incident.acknowledged', {}), 'Acknowledged'],
    [sentence('incident.acknowledged', { note: 'by phone' }), 'Acknowledged: by phone'],
  ],
  'incident.edited': [
    [sentence('incident.edited', {}), 'Details confirmed without a change'],
    [
      sentence('incident.edited', {
        title: 'T',
        impact: 'I',
        symptom: 'dataIssues',
        service: 's',
        ticket: 't',
        channel: '#c',
      }),
      'Details changed: title "T"; impact "I"; symptom data issues; service s; ticket t; channel #c',
    ],
  ],
  'severity.changed': [
    [
      sentence('severity.changed', {
        from: 'SEV2',
        to: 'SEV1',
        reason: 'data loss',
        misclassified: false,
        due: [],
        withdrawn: [],
      }),
      'Severity changed from SEV-2 to SEV-1: data loss',
    ],
    [
      sentence('severity.changed', {
        from: 'SEV1',
        to: 'SEV3',
        reason: '',
        misclassified: true,
        due: [],
        withdrawn: [],
      }),
      'Severity changed from SEV-1 to SEV-3 (SEV-1 was a misclassification)',
    ],
  ],
  'moment.corrected': [
    [
      sentence('moment.corrected', { moment: 'impactStart', time: after(-11), reason: 'first error' }),
      'Time of impact start set to 2026-11-23 05:49 UTC: first error',
    ],
    [
      sentence('moment.corrected', { moment: 'mitigated', reason: 'it came back' }),
      'Time of mitigation set to unknown: it came back',
    ],
  ],
  'status.changed': [[sentence('status.changed', { to: 'identified' }), 'Status set to Identified']],
  'role.assigned': [
    [sentence('role.assigned', { role: 'scribe', person: ana }), 'Scribe: Ana Ruiz took the role'],
    [
      sentence('role.assigned', { role: 'scribe', person: '<ana@example.org>' }),
      'Scribe: <ana@example.org> took the role',
    ],
  ],
  'role.released': [[sentence('role.released', { role: 'scribe', person: ana }), 'Scribe: Ana Ruiz gave up the role']],
  'handover.offered': [
    [
      sentence('handover.offered', {
        roles: ['incidentCommander', 'scribe'],
        from: ana,
        to: ben,
        situation: 'calm',
        tried: '',
        next: '',
      }),
      'Handover of Incident Commander, Scribe from Ana Ruiz to Ben Okafor offered: calm',
    ],
  ],
  'handover.accepted': [[sentence('handover.accepted', { handover: id }), 'Handover accepted']],
  'handover.declined': [
    [sentence('handover.declined', { handover: id, reason: 'asleep' }), 'Handover declined: asleep'],
  ],
  'deadline.snoozed': [
    [
      sentence('deadline.snoozed', { deadline: `communicate-${id}`, until: after(5), reason: 'on a call' }),
      'Reminders of “Next message” snoozed until 2026-11-23 06:05 UTC: on a call',
    ],
    [
      sentence('deadline.snoozed', { deadline: 'other', until: after(5), reason: '' }),
      'Reminders of other snoozed until 2026-11-23 06:05 UTC',
    ],
  ],
  'check.completed': [
    [
      sentence('check.completed', { check: 'logs', verdict: 'bad', summary: 'full of errors', manual: false }),
      'Check "Error logs" came out bad: full of errors',
    ],
    [
      sentence('check.completed', { check: 'traffic', verdict: 'notApplicable', summary: '', manual: true }),
      'Check "Traffic" marked not applicable',
    ],
  ],
  'finding.added': [
    [
      sentence('finding.added', { check: 'logs', text: 'pool exhausted', place: 'src/db.js:14', link: 'https://logs' }),
      'Finding in "Error logs": pool exhausted (src/db.js:14)',
    ],
  ],
  'chart.exported': [
    [
      sentence('chart.exported', { check: 'metrics', chart: 'a/b', title: 'Errors', source: 'x', evidence: [] }),
      'Chart of "Metrics" exported: Errors',
    ],
  ],
  'suspect.judged': [
    [
      sentence('suspect.judged', { commit, subject: 'Lower the pool', judgement: 'cleared', reason: 'not deployed' }),
      'Suspect 3f2a1b9c "Lower the pool" cleared: not deployed',
    ],
  ],
  'change.inspected': [
    [sentence('change.inspected', { commits: [] }), 'Changes inspected: none'],
    [
      sentence('change.inspected', { commits: [{ id: commit, subject: 'Lower', author: ana, at: after(0) }] }),
      'Changes inspected: 3f2a1b9c "Lower"',
    ],
  ],
  'deploy.observed': [
    [
      sentence('deploy.observed', { commit, name: 'v1.9.0', source: 'tag' }),
      'Deployed: v1.9.0 (3f2a1b9c), told by a tag',
    ],
    [
      sentence('deploy.observed', { commit, name: 'production #412', source: 'github', service: 'checkout' }),
      'Deployed checkout: production #412 (3f2a1b9c), told by GitHub',
    ],
    [
      sentence('deploy.observed', { commit, name: '1.9.0 (revision 7)', source: 'kubernetes', service: 'checkout' }),
      'Deployed checkout: 1.9.0 (revision 7) (3f2a1b9c), told by Kubernetes',
    ],
    [
      sentence('deploy.observed', { commit, name: 'Merge #41', source: 'merge' }),
      'Merged into the deploy branch: Merge #41 (3f2a1b9c)',
    ],
  ],
  'alert.attached': [
    [
      sentence('alert.attached', {
        ...{ source: 'Alertmanager prod (http://127.0.0.1:9093/)', fingerprint: 'f1', name: 'CheckoutErrors' },
        ...{ labels: { severity: 'page' }, summary: 'Checkout fails', startsAt: after(0) },
      }),
      'Alert attached: CheckoutErrors, firing since 2026-11-23 06:00 UTC, told by Alertmanager prod (http://127.0.0.1:9093/): Checkout fails',
    ],
    [
      sentence('alert.attached', { source: 'PagerDuty', fingerprint: 'P1', name: 'Down', labels: {} }),
      'Alert attached: Down, firing, told by PagerDuty',
    ],
    [
      sentence('alert.attached', { source: 'PagerDuty', fingerprint: 'P1', name: 'Down', labels: {}, again: true }),
      'Alert fires again: Down, firing, told by PagerDuty',
    ],
  ],
  'alert.resolved': [
    [
      sentence('alert.resolved', { source: 'PagerDuty', fingerprint: 'P1', name: 'Down' }),
      'Alert resolved: Down is not told by PagerDuty any more',
    ],
  ],
  'alertAction.started': [
    [
      sentence('alertAction.started', {
        ...{
          action: id,
          kind: 'silence',
          name: 'Slow',
          source: 'Alertmanager',
          target: 'POST http://a/api/v2/silences',
        },
        ...{ matchers: ['alertname="Slow"', 'job="x"'], until: after(60) },
      }),
      'Silencing alert Slow: POST http://a/api/v2/silences (alertname="Slow", job="x"; until 2026-11-23 07:00 UTC)',
    ],
    [
      sentence('alertAction.started', {
        ...{ action: id, kind: 'acknowledge', name: 'Down', source: 'PagerDuty', target: 'PUT https://p/incidents/P1' },
      }),
      'Acknowledging alert Down: PUT https://p/incidents/P1',
    ],
  ],
  'alertAction.finished': [
    [
      sentence('alertAction.finished', { action: id, kind: 'silence', name: 'Slow', done: true, note: 's-1' }),
      'Alert Slow silenced (s-1)',
    ],
    [
      sentence('alertAction.finished', { action: id, kind: 'acknowledge', name: 'Down', done: false, note: 'refused' }),
      'Alert Down was not acknowledged: refused',
    ],
  ],
  'mitigation.started': [
    [
      sentence('mitigation.started', { mitigation: id, what: 'Roll back', cause: 'bad deploy' }),
      'Mitigation started: Roll back (bad deploy)',
    ],
  ],
  'mitigation.finished': [
    [
      sentence('mitigation.finished', { mitigation: id, what: 'Roll back', outcome: 'noEffect', note: 'errors stay' }),
      'Mitigation finished, no effect: Roll back (errors stay)',
    ],
    [
      sentence('mitigation.finished', { mitigation: id, what: 'Roll back', outcome: 'worked' }),
      'Mitigation finished, worked: Roll back',
    ],
  ],
  'update.copied': [
    [
      sentence('update.copied', { update: id, kind: 'initial', sha256 }),
      'Initial notification copied to the clipboard, not yet sent',
    ],
  ],
  'update.sent': [
    [
      sentence('update.sent', { update: id, kind: 'update', status: 'monitoring', text: 't', channel: '#c', due: [] }),
      'Update sent to #c, status Monitoring',
    ],
    [sentence('update.sent', { update: id, kind: 'resolved', text: 't', due: [] }), 'Resolution sent'],
  ],
  'verification.checked': [
    [
      sentence('verification.checked', { item: 'healthChecks', how: 'curl' }),
      'Verified: Health checks pass (/health/live, /health/ready) (curl)',
    ],
    [sentence('verification.checked', { item: 'ours' }), 'Verified: ours'],
  ],
  'verification.unchecked': [
    [
      sentence('verification.unchecked', { item: 'latency', reason: 'up again' }),
      'Verification withdrawn: Latency back to baseline (up again)',
    ],
  ],
  'verification.waived': [
    [
      sentence('verification.waived', { items: ['latency', 'userFlows'], reason: 'no traffic' }),
      'Verification waived for Latency back to baseline; User flows verified: no traffic',
    ],
  ],
  'incident.resolved': [
    [sentence('incident.resolved', { due: [] }), 'Resolved; root cause: unknown yet'],
    [
      sentence('incident.resolved', { rootCause: 'the pool', impactEnd: after(27), due: [] }),
      'Resolved; root cause: the pool; impact ended 2026-11-23 06:27 UTC',
    ],
  ],
  'incident.reopened': [[sentence('incident.reopened', { reason: 'errors again', due: [] }), 'Reopened: errors again']],
  'incident.closed': [
    [sentence('incident.closed', { outcome: 'completed' }), 'Closed as completed'],
    [
      sentence('incident.closed', { outcome: 'duplicate', duplicateOf: id, reason: 'same outage' }),
      `Closed as duplicate of ${id}: same outage`,
    ],
  ],
  'postMortem.written': [
    [sentence('postMortem.written', { document: 'post-mortem.md', sha256 }), 'Post-mortem written to post-mortem.md'],
  ],
  'postMortem.completed': [[sentence('postMortem.completed', {}), 'Post-mortem completed']],
  'review.recorded': [
    [
      sentence('review.recorded', { heldAt: after(0), attendees: [ana, ben], notes: 'calm' }),
      'Review held 2026-11-23 06:00 UTC with Ana Ruiz, Ben Okafor: calm',
    ],
  ],
  'action.added': [
    [
      sentence('action.added', { action: id, title: 'Alert', dueOn: '2026-12-07' }),
      'Action item added: Alert (no owner, due 2026-12-07)',
    ],
  ],
  'action.edited': [
    [sentence('action.edited', { action: id }), 'Action item changed'],
    [
      sentence('action.edited', { action: id, title: 'A', owner: ben, dueOn: '2026-12-08', link: 'l', reason: 'late' }),
      'Action item changed: title "A", owner Ben Okafor, due 2026-12-08, link l (late)',
    ],
  ],
  'action.completed': [[sentence('action.completed', { action: id, note: 'merged' }), 'Action item completed: merged']],
  'action.reopened': [
    [sentence('action.reopened', { action: id, reason: 'reverted' }), 'Action item reopened: reverted'],
  ],
  'action.dropped': [
    [sentence('action.dropped', { action: id, reason: 'no longer needed' }), 'Action item dropped: no longer needed'],
  ],
  'note.added': [
    [sentence('note.added', { text: 'Line one\nline two' }), 'Line one line two'],
    [sentence('note.added', { text: '\n' }), 'Note without text'],
  ],
  'event.corrected': [
    [
      sentence('event.corrected', { event: id, at: after(1), text: 'better', reason: 'typo' }),
      'An earlier entry corrected: time 2026-11-23 06:01 UTC, text "better" (typo)',
    ],
  ],
  'event.retracted': [
    [
      sentence('event.retracted', { event: id, reason: 'wrong incident' }),
      'An earlier entry retracted: wrong incident',
    ],
  ],
} satisfies Record<EventType, readonly (readonly [string, string])[]>;

describe('describeEvent', () => {
  it.each(Object.entries(sentences).flatMap(([type, rows]) => rows.map((row) => [type, ...row] as const)))(
    '%s',
    (_type, text, expected) => {
      expect(text).toBe(expected);
    },
  );

  it('says of an unknown event what it knows', () => {
    expect(describeEvent(unknownEvent(), policy)).toBe('Event of a type that this version does not know: page.sent');
  });
});

describe('eventTitle', () => {
  it.each([
    ['incident.declared', 'Incident declared'],
    ['postMortem.written', 'Post-mortem written'],
    ['page.sent', 'Page sent'],
    ['weird/<b>Type</b>🔥', 'Weird b type b'],
    ['🔥', 'Unknown event'],
    [`x${'y'.repeat(100)}`, `X${'y'.repeat(59)}`],
  ])('%s is "%s"', (type, title) => {
    const event = isEventType(type) ? { ...unknownEvent(), type } : { ...unknownEvent(), originalType: type };
    expect(eventTitle(event as IncidentEvent)).toBe(title);
  });
});
