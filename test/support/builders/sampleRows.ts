import { actionItemRows } from '../../../src/editor/rows/actionItemRows.ts';
import { incidentRow, summaryRow } from '../../../src/editor/rows/incidentRow.ts';
import type { Row } from '../../../src/editor/rows/row.ts';
import type { RowContext } from '../../../src/editor/rows/rowContext.ts';
import { deadlinesOf } from '../../../src/incident/deadlinesOf.ts';
import { toIncidentId } from '../../../src/incident/ids.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import { emptyRepository, sampleRepository, sampleCommit as commit } from './sampleChanges.ts';
import type { EventLog } from './events.ts';
import { after, eventLog, monday, ulidOf } from './events.ts';
import { sampleConfiguration } from './sampleConfiguration.ts';
import { sampleSignals } from './sampleSignals.ts';
import { ana, ben, justDeclared, wholeIncident } from './state.ts';

/** Every row that an incident can show somewhere between its declaration and its end, as the Incidents view has them. */
export function sampleIncidentRows(): readonly Row[] {
  return [...sampleContexts().map(incidentRow), ...sampleSummaries()];
}

/** The rows of the Action Items view for the same incidents. */
export function sampleActionItemRows(): readonly Row[] {
  return actionItemRows(sampleContexts());
}

/** All of them, whatever their depth. */
export function flattened(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => [row, ...flattened(row.children ?? [])]);
}

function sampleContexts(): readonly RowContext[] {
  return [justDeclared(), inTheMiddle(), wholeIncident(), closed()].map((state, index) => contextOf(state, index));
}

function contextOf(state: IncidentState, index: number): RowContext {
  const now = after(45);
  return {
    id: toIncidentId(ulidOf(monday, 20 + index))!,
    state,
    problems: index === 1 ? [{ kind: 'torn', file: '/record/log/writer.jsonl', line: 3 }] : [],
    deadlines: deadlinesOf(state, now).deadlines,
    now,
    zone: 'Europe/Berlin',
    changes: { repositories: [index === 0 ? emptyRepository() : sampleRepository()] },
    configuration: index === 1 ? sampleConfiguration() : undefined,
    ...(index === 1 ? { signals: sampleSignals() } : {}),
    drafts: index === 1 ? [{ update: ulidOf(after(40), 7), kind: 'update', path: '/record/drafts/one-update.md' }] : [],
  };
}

/** A handover waits, a mitigation runs, a suspect is named, nothing is decided. */
function inTheMiddle(): IncidentState {
  const log = started();
  log.add('incident.acknowledged', {}, { at: 2 });
  log.add('role.assigned', { role: 'incidentCommander', person: ana }, { at: 3 });
  log.add('handover.offered', {
    roles: ['incidentCommander'],
    from: ana,
    to: ben,
    situation: 'Errors go on',
    tried: 'Restarting the pods',
    next: 'Roll back',
  });
  log.add('suspect.judged', { commit, subject: 'Lower the pool size to 2', judgement: 'suspected', reason: 'timing' });
  log.add('finding.added', { check: 'logs', text: 'pool exhausted' });
  log.add('check.completed', { check: 'dependencies', verdict: 'bad', summary: 'stripe is down.', manual: false });
  log.add('mitigation.started', { mitigation: ulidOf(after(16), 77), what: 'Roll back' });
  log.add('action.added', { action: ulidOf(after(17), 78), title: 'Alert on the pool', dueOn: '2026-12-07' });
  return log.state();
}

function closed(): IncidentState {
  const log = started();
  const action = ulidOf(after(17), 79);
  log.add('action.added', { action, title: 'Load test the pool', dueOn: '2026-12-07' });
  log.add('action.completed', { action });
  log.resolve({ at: 30 });
  log.add('incident.closed', { outcome: 'completed' }, { at: 40 });
  return log.state();
}

function started(): EventLog {
  const log = eventLog({ by: ana });
  log.open({ at: 0 });
  log.declare('SEV2', { symptom: 'highErrorRate' }, { at: 1 });
  return log;
}

function sampleSummaries(): readonly Row[] {
  return [true, false].map((open) => {
    const id = toIncidentId(ulidOf(monday, open ? 11 : 12))!;
    return summaryRow({
      id,
      name: '2026-11-23-checkout-down',
      title: 'Checkout down',
      severity: 'SEV2',
      status: open ? 'investigating' : 'closed',
      declaredAt: monday,
      open,
      confidential: false,
      drill: false,
      people: [],
      openActions: 0,
      directory: '/record/2026-11-23-checkout-down',
    });
  });
}
