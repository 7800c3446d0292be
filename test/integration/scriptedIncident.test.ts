import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { git } from './repositoryGit.ts';

interface Brief {
  readonly incident: string;
  readonly name: string;
  readonly status: string;
  readonly severity: string;
  readonly deadlines: readonly { readonly id: string; readonly kind: string; readonly dueAt: string }[];
}

const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

function call<T = Brief>(command: string, args: object): Thenable<T> {
  return vscode.commands.executeCommand<T>(`mayday.${command}`, args);
}

/** The events on disk, of all writers, in the order they were written. */
function recordedTypes(name: string): readonly string[] {
  const log = join(folder, '.git', 'mayday', 'incidents', name, 'log');
  return readdirSync(log).flatMap((file) =>
    readFileSync(join(log, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type),
  );
}

describe('an incident scripted with argument objects', () => {
  let incident = '';
  let name = '';

  it('is declared, acknowledged and on disk', async () => {
    const declared = await call<Brief & { channel: string }>('declareIncident', {
      title: 'Checkout is down',
      severity: 'SEV1',
      impact: 'everyone',
      impactStart: new Date(Date.now() - 600_000).toISOString(),
    });
    ({ incident, name } = declared);
    assert.match(name, /^\d{4}-\d\d-\d\d-checkout-is-down$/);
    assert.equal(declared.channel, `#incident-${name}`);
    assert.deepEqual(
      declared.deadlines.map(({ kind }) => kind),
      ['mitigate', 'communicate'],
    );
    assert.deepEqual(recordedTypes(name).slice(0, 4), [
      'writer.opened',
      'incident.declared',
      'role.assigned',
      'incident.acknowledged',
    ]);
  });

  it('takes roles, severity, status, notes and corrections', async () => {
    await call('assignRole', { incident, role: 'technicalLead', person: 'Ana Ruiz <ana@example.org>' });
    const lowered = await call('changeSeverity', { incident, to: 'SEV2', reason: 'half of it works' });
    assert.equal(lowered.severity, 'SEV2');
    assert.equal((await call('setStatus', { incident, status: 'identified' })).status, 'identified');
    await call('addNote', { incident, text: 'password=hunter2 was in the page' });
    const text = readFileSync(logFile(name), 'utf8');
    assert.ok(!text.includes('hunter2'), 'a credential reached the record');
    const note = text
      .trimEnd()
      .split('\n')
      .map(parse)
      .findLast(({ type }) => type === 'note.added');
    await call('correctEvent', { incident, event: note?.id, text: 'the page said why', reason: 'typo' });
    await call('snoozeDeadline', { incident, deadline: 'mitigate', minutes: 5, reason: 'on the phone' });
    assert.ok(recordedTypes(name).includes('event.corrected'));
  });

  it('lists the commits of the window, and never calls a repository without a remote ok', async () => {
    const result = await call<{ checks: { check: string; verdict: string; summary: string }[]; commits: unknown[] }>(
      'investigate',
      { incident },
    );
    const [first] = result.checks;
    assert.equal(first?.check, 'deployments');
    assert.notEqual(first.verdict, 'ok');
    assert.equal(result.checks.length, 7);
    assert.ok(result.commits.length >= 1);
  });

  it('communicates, mitigates, verifies and resolves', async () => {
    const posted = await call<Brief & { text: string; document: string }>('postUpdate', {
      incident,
      kind: 'initial',
      sent: true,
    });
    assert.match(posted.text, /^🔴 INCIDENT \[SEV-2\]: Checkout is down/);
    assert.ok(existsSync(posted.document));
    const mitigated = await call('runMitigation', {
      incident,
      mitigation: 'rollBack',
      what: 'rolled back',
      outcome: 'worked',
    });
    assert.equal(mitigated.status, 'monitoring');
    await assert.rejects(Promise.resolve(call('resolve', { incident })), /verif/i);
    const resolved = await call('resolve', { incident, rootCause: 'a leak', waiver: 'a test has no users' });
    assert.equal(resolved.status, 'resolved');
    assert.deepEqual(
      resolved.deadlines.map(({ kind }) => kind).filter((kind) => kind !== 'communicate'),
      ['postMortem', 'review'],
    );
  });

  it('writes the post-mortem and keeps what a person wrote in it', async () => {
    const written = await call<Brief & { document: string }>('writePostMortem', { incident });
    const first = readFileSync(written.document, 'utf8');
    assert.ok(first.includes('Checkout is down'));
    const uri = vscode.Uri.file(written.document);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(`${first}\nIt was the connection pool.\n`));
    await call('addActionItem', { incident, title: 'Watch the pool', owner: 'Ana Ruiz' });
    await call('writePostMortem', { incident });
    const second = readFileSync(written.document, 'utf8');
    assert.ok(second.includes('It was the connection pool.'));
    assert.ok(second.includes('Watch the pool'));
  });

  it('is closed once its duties are done', async () => {
    await assert.rejects(Promise.resolve(call('closeIncident', { incident })), /post-mortem/i);
    await call('completePostMortem', { incident });
    await call('recordReview', { incident, attendees: ['Ana Ruiz'] });
    assert.equal((await call('closeIncident', { incident })).status, 'closed');
  });

  it('survives git stash -u, git clean -fdx and an old revision', async () => {
    const before = recordedTypes(name);
    git('add', '--all');
    git('stash', '--include-untracked');
    git('clean', '-fdx');
    git('stash', 'drop');
    assert.deepEqual(recordedTypes(name), before);
    const written = await call<Brief & { document: string }>('writePostMortem', { incident });
    assert.ok(existsSync(written.document));
  });

  it('refuses what makes no sense, saying why', async () => {
    await assert.rejects(Promise.resolve(call('declareIncident', { title: '   ', severity: 'SEV1' })), /title/i);
    await assert.rejects(Promise.resolve(call('declareIncident', { title: 'x', severity: 'SEV9' })), /severity/i);
    await assert.rejects(Promise.resolve(call('acknowledge', { incident: 'nothing' })), /nothing/);
  });

  it('asks for the incident by name when several are open', async () => {
    const [one, two] = [
      await call('declareIncident', { title: 'One', severity: 'SEV3' }),
      await call('declareIncident', { title: 'Two', severity: 'SEV3' }),
    ];
    await assert.rejects(Promise.resolve(call('addNote', { text: 'which?' })), new RegExp(`${one.name}|${two.name}`));
    for (const { incident: id } of [one, two]) {
      await call('closeIncident', { incident: id, outcome: 'cancelled', reason: 'a test' });
    }
  });
});

function logFile(name: string): string {
  const log = join(folder, '.git', 'mayday', 'incidents', name, 'log');
  return join(log, readdirSync(log)[0] ?? '');
}

function parse(line: string): { readonly id: string; readonly type: string } {
  return JSON.parse(line) as { id: string; type: string };
}
