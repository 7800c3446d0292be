import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { learningDueTimes, nextUpdateDueTime } from '../../../src/incident/dueTimes.ts';
import type { IncidentEvent } from '../../../src/incident/events.ts';
import type { EvidenceRef } from '../../../src/incident/evidenceRef.ts';
import { foldIncident } from '../../../src/incident/foldIncident.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import type { UpdateKind, WorkingStatus } from '../../../src/incident/words.ts';
import { roles } from '../../../src/incident/words.ts';
import type { EventLog } from './events.ts';
import { after, eventLog, ulidOf } from './events.ts';

export const ana = 'Ana Ruiz <ana@example.org>';
export const ben = 'Ben Okafor <ben@example.org>';

/** A piece of evidence of that name; the same name gives the same content. */
export function evidenceNamed(name: string): EvidenceRef {
  const digits = Array.from(name, (character) => character.charCodeAt(0).toString(16)).join('');
  return { sha256: digits.padEnd(64, '0').slice(0, 64), name, bytes: 2048 };
}

/** An incident that was declared and nothing more. */
export function justDeclared(data: Parameters<EventLog['declare']>[1] = {}): IncidentState {
  const log = eventLog({ by: ana });
  log.open({ at: 0 });
  log.declare('SEV1', { policy: builtInPolicy('Europe/Berlin'), ...data }, { at: 1 });
  return log.state();
}

/** The events of an incident from its declaration to its post-mortem, with something of everything. */
export function checkoutDown(): EventLog {
  const log = eventLog({ by: ana });
  const commit = '3f2a1b9c04de58f7a6b1c2d3e4f5061728394a5b';
  log.open({ at: 2 });
  log.declare(
    'SEV2',
    {
      title: 'Checkout is down',
      impact: 'Customers in the EU cannot pay (about 30 % of orders)',
      symptom: 'highErrorRate',
      service: 'checkout',
      ticket: 'https://tickets.example.org/OPS-42',
      impactStart: after(-9),
      detected: after(0),
      policy: builtInPolicy('Europe/Berlin'),
      channel: '#incident-2026-11-23-checkout-down',
    },
    { at: 2 },
  );
  log.add('incident.acknowledged', {}, { at: 2 });
  for (const role of roles) log.add('role.assigned', { role, person: ana }, { at: 3 });
  send(log, 'initial', 6, 'investigating');
  log.changeSeverity('SEV1', { at: 9 });
  log.add('role.assigned', { role: 'technicalLead', person: ben }, { at: 11 });
  log.add('change.inspected', {
    commits: [
      { id: commit, subject: 'Lower the pool size to 2', author: 'Chloé Martin <chloe@example.org>', at: after(-14) },
      { id: 'a0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7', subject: 'Fix a typo', author: ben, at: after(-50) },
    ],
  });
  log.add(
    'check.completed',
    {
      check: 'deployments',
      verdict: 'bad',
      summary: 'deployed 5 minutes before the errors began',
      manual: false,
      evidence: [evidenceNamed('commits.txt')],
    },
    { at: 12, by: ben },
  );
  const finding = log.add(
    'finding.added',
    {
      check: 'logs',
      text: 'pool exhausted on every request: `acquire timeout` in <PaymentService>',
      place: 'src/db.js:14-18',
      revision: commit,
      link: 'https://logs.example.org/?q=pool|timeout',
      evidence: [evidenceNamed('errors last hour.log')],
    },
    { at: 14, by: ben },
  );
  log.add('suspect.judged', {
    commit,
    subject: 'Lower the pool size to 2',
    judgement: 'confirmed',
    reason: 'errors stop with it reverted',
  });
  log.add('status.changed', { to: 'identified' }, { at: 15 });
  const mitigation = ulidOf(after(16), 77);
  log.add(
    'mitigation.started',
    { mitigation, what: 'Roll back to a0b1c2d3', cause: 'bad deploy' },
    { at: 16, by: ben },
  );
  send(log, 'update', 17, 'mitigating');
  log.add(
    'mitigation.finished',
    {
      mitigation,
      what: 'Roll back to a0b1c2d3',
      cause: 'bad deploy',
      outcome: 'worked',
      note: 'took two tries',
      evidence: [evidenceNamed('rollout.txt')],
    },
    { at: 25, by: ben },
  );
  const wrong = log.add('note.added', { text: 'The database is fine' }, { at: 26 });
  const offered = log.add(
    'handover.offered',
    {
      roles: ['incidentCommander', 'scribe'],
      from: ana,
      to: ben,
      situation: 'Errors are down since the rollback.\nWatching the queue drain.',
      tried: 'Restarting the pods (no effect)',
      next: 'Verify, then resolve',
    },
    { at: 30 },
  );
  log.add('handover.accepted', { handover: offered.id }, { at: 31, by: ben });
  log.correct(finding, { at: after(13), text: 'pool exhausted on every request' }, { at: 33, by: ben });
  log.retract(wrong, { at: 34 });
  log.add(
    'moment.corrected',
    { moment: 'impactStart', time: after(-11), reason: 'first error in the log' },
    { at: 35 },
  );
  log.add('verification.checked', { item: 'healthChecks', how: 'curl, all green' }, { at: 50, by: ben });
  log.add('verification.checked', { item: 'errorRate' }, { at: 51, by: ben });
  log.add('verification.checked', { item: 'latency' }, { at: 51, by: ben });
  log.add('verification.waived', { items: ['syntheticMonitors'], reason: 'we have none' }, { at: 52, by: ben });
  const { policy, dutySeverity } = log.state();
  log.add(
    'incident.resolved',
    {
      rootCause: 'A pool of 2 connections could not serve the morning’s load',
      impactEnd: after(27),
      due: learningDueTimes(policy, dutySeverity, after(61)),
    },
    { at: 61 },
  );
  send(log, 'resolved', 62);
  log.add('action.added', {
    action: ulidOf(after(63), 78),
    title: 'Alert on pool | saturation',
    owner: ben,
    dueOn: '2026-12-07',
    link: 'https://tickets.example.org/OPS-43',
  });
  log.add('action.added', { action: ulidOf(after(63), 79), title: 'Load test the pool', dueOn: '2026-12-04' });
  log.add('note.added', { text: 'Support saw the first tickets' }, { at: -5, id: ulidOf(after(70), 80) });
  log.add(
    'note.added',
    { text: 'Post-mortem meeting: Thursday.\n\n- bring the graphs\n- invite <support>' },
    { at: 90 },
  );
  log.add(
    'deploy.observed',
    { commit: 'a0b1c2d3e4f5061728394a5b3f2a1b9c04de58f7', name: 'v1.9.0', source: 'tag' },
    { at: -13, id: ulidOf(after(91), 81) },
  );
  log.add(
    'chart.exported',
    {
      check: 'metrics',
      chart: 'checkout/errors',
      title: 'checkout: error ratio',
      source: 'Prometheus (https://prometheus.example.org), query sum(rate(http_requests_total{code=~"5.."}[1m]))',
      evidence: [evidenceNamed('metrics-checkout-errors.svg')],
    },
    { at: 92, id: ulidOf(after(92), 82) },
  );
  return log;
}

function send(log: EventLog, kind: UpdateKind, minutes: number, status?: WorkingStatus): void {
  const { policy, severity } = log.state();
  const at = after(minutes);
  const stated = status === undefined ? {} : { status };
  const due = kind === 'resolved' ? [] : nextUpdateDueTime(policy, severity, at);
  log.add(
    'update.sent',
    { update: ulidOf(at, 90), kind, text: `The ${kind} message\nas it was sent\n`, due, ...stated },
    { at },
  );
}

/** The state of that incident, with an event of a later version among its events. */
export function wholeIncident(): IncidentState {
  return foldIncident([...checkoutDown().events, unknownEvent()]);
}

/** An event that this version does not know. */
export function unknownEvent(): IncidentEvent {
  return {
    v: 1,
    id: ulidOf(after(64), 5_000),
    n: 5_000,
    at: after(64),
    by: ben,
    type: 'unknown',
    originalType: 'page.sent',
    data: { to: 'on-call', text: 'a fence:\n```\n<!-- mayday:end timeline -->' },
  };
}
