import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { answerPrompts } from './answerPrompts.ts';
import type { Brief } from './host.ts';
import { call, callOnRow, folder, recordedEvents, stateOf } from './host.ts';

const file = vscode.Uri.file(join(folder, '.incidents/mayday.yaml'));
const since = new Date(Date.now() - 180_000).toISOString();

interface Listed {
  readonly alerts: readonly {
    readonly id: string;
    readonly name: string;
    readonly severity?: string;
    readonly status: string;
  }[];
  readonly sources: readonly { readonly source: string; readonly answered: boolean; readonly reason?: string }[];
}

describe('alerts', () => {
  let server: Server;
  let url: string;
  let told: readonly object[] = [];
  const silences: { readonly matchers: readonly object[] }[] = [];

  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        if (request.method === 'POST') silences.push(JSON.parse(body) as (typeof silences)[number]);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(request.method === 'POST' ? { silenceID: 'silence-1' } : told));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    await mkdir(join(folder, 'docs'), { recursive: true });
    await writeFile(join(folder, 'docs/runbook.md'), '# What to do\n');
  });

  beforeEach(() => {
    told = [alertOf('CheckoutErrors', 'page', { runbook_url: 'docs/runbook.md' }), alertOf('Odd', 'blocker')];
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(file.fsPath, { force: true });
    await rm(join(folder, 'docs/runbook.md'), { force: true });
  });

  it('of a server that is configured are listed without a reload, what fails beside them', async () => {
    const yaml = `services:\n  checkout: {}\ndataSources:\n  alertmanager:\n    - { name: prod, url: "${url}" }\n    - { name: elsewhere, url: "https://alerts.invalid" }\n`;
    await vscode.workspace.fs.writeFile(file, Buffer.from(yaml));
    const listed = await call<Listed>('refreshAlerts', {});
    assert.deepEqual(
      listed.alerts.map(({ name, severity, status }) => [name, severity, status]),
      [
        ['CheckoutErrors', 'SEV1', 'active'],
        ['Odd', undefined, 'active'],
      ],
    );
    assert.deepEqual(
      listed.sources.map(({ source, answered }) => [source.replace(/ \(.*/, ''), answered]),
      [
        ['Alertmanager prod', true],
        ['Alertmanager elsewhere', false],
      ],
    );
    assert.match(listed.sources[1]?.reason ?? '', /nobody confirmed that in this workspace yet/);
  });

  it('become an incident with what they say, which one answer without them does not end', async () => {
    const declared = await call<Brief & { readonly alert: string }>('declareFromAlert', { alert: 'CheckoutErrors' });
    const { incident, name } = declared;
    const state = await stateOf(incident);
    assert.deepEqual([state.title, state.severity, state.service], ['CheckoutErrors fails', 'SEV1', 'checkout']);
    assert.deepEqual([state.moments.impactStart, state.moments.detected], [since, since]);
    await answerModal('Do It', () => call('silenceAlert', { incident, alert: declared.alert, labels: ['alertname'] }));
    assert.deepEqual(silences.at(-1)?.matchers, [
      { name: 'alertname', value: 'CheckoutErrors', isEqual: true, isRegex: false },
    ]);
    told = told.slice(1);
    await call('refreshAlerts', {});
    // A server that was just restarted tells of none, too. That its end is noted in time is held in the unit tests.
    assert.deepEqual(
      (await stateOf(incident)).alerts.map(({ startsAt, resolvedAt }) => [startsAt, resolvedAt]),
      [[since, undefined]],
    );
    assert.deepEqual(
      recordedEvents(name).flatMap(({ type }) => (type.startsWith('alert') ? [type] : [])),
      ['alert.attached', 'alertAction.started', 'alertAction.finished'],
    );
    await call('closeIncident', { incident, outcome: 'cancelled', reason: 'a test' });
  });

  it('of unknown severity are not declared by a script that does not say it', async () => {
    await call('refreshAlerts', {});
    await assert.rejects(call('declareFromAlert', { alert: 'Odd' }), /calls itself “blocker”/);
  });

  it('ask a person for severity and impact only', async () => {
    const { alerts } = await call<Listed>('refreshAlerts', {});
    const odd = alerts.find(({ name }) => name === 'Odd');
    let declared: Brief | undefined;
    await answerPrompts(['SEV3', 'Some see old prices'], async () => {
      declared = await callOnRow<Brief>('declareFromAlert', { alert: odd?.id });
    });
    assert.ok(declared !== undefined);
    const state = await stateOf(declared.incident);
    assert.deepEqual([state.title, state.severity, state.impact], ['Odd fails', 'SEV3', 'Some see old prices']);
    await call('closeIncident', { incident: declared.incident, outcome: 'cancelled', reason: 'a test' });
  });

  it('open their runbook in the workspace', async () => {
    const { alerts } = await call<Listed>('refreshAlerts', {});
    const alert = alerts.find(({ name }) => name === 'CheckoutErrors');
    await callOnRow('openAlert', { alert: alert?.id, what: 'runbook' });
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /\/docs\/runbook\.md$/);
  });
});

function alertOf(alertname: string, severity: string, annotations: object = {}): object {
  return {
    fingerprint: `f-${alertname}`,
    startsAt: since,
    labels: { alertname, severity, service: 'checkout' },
    annotations: { summary: `${alertname} fails`, ...annotations },
    status: { state: 'active', silencedBy: [], inhibitedBy: [] },
    generatorURL: 'http://prometheus.example.org/graph',
  };
}

/** Presses a button of the modal questions that come while `run` goes on. */
async function answerModal(button: string, run: () => Promise<unknown>): Promise<void> {
  const window = vscode.window as { showWarningMessage: unknown };
  const { showWarningMessage } = window;
  window.showWarningMessage = () => Promise.resolve(button);
  try {
    await run();
  } finally {
    window.showWarningMessage = showWarningMessage;
  }
}
