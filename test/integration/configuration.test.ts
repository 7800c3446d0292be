import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, eventually, folder, stateOf, withIncident } from './host.ts';

const file = vscode.Uri.file(join(folder, '.incidents/mayday.yaml'));

describe('mayday.yaml', () => {
  after(async () => {
    await rm(file.fsPath, { force: true });
    await eventually('no complaints about a file that is gone', () => (problems().length === 0 ? true : undefined));
  });

  it('with mistakes is told where they stand, and the built-in protocol applies', async () => {
    await write('policy:\n  severities:\n    SEV1:\n      respond: soon\n      comunicate: 5m\n');
    const [respond, comunicate, ...others] = await eventually('two diagnostics', () =>
      problems().length >= 2 ? problems() : undefined,
    );
    assert.deepEqual(others, []);
    assert.ok(respond && comunicate);
    assert.equal(respond.source, 'Mayday');
    assert.equal(respond.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(textAt(respond.range), 'soon');
    assert.match(respond.message, /must be a duration such as 5m, 1h 30m or 7d, or "next business day"/);
    assert.equal(textAt(comunicate.range), 'comunicate');
    assert.match(comunicate.message, /communicate/);
    assert.equal(await respondMinutes(), 5);
  });

  it('put right applies to the next incident, not to one that is open', async () => {
    await withIncident({ severity: 'SEV1', acknowledge: false }, async ({ incident }) => {
      await write('policy:\n  severities:\n    SEV1: { respond: 7m }\n');
      await eventually('no complaints', () => (problems().length === 0 ? true : undefined));
      assert.equal((await stateOf(incident)).policy.severities.SEV1.respond.kind, 'within');
      assert.equal(await respondMinutes(), 7);
      await call('changeSeverity', { incident, to: 'SEV2', reason: 'half of it works' });
      await call('changeSeverity', { incident, to: 'SEV1', reason: 'it does not' });
      const [respond] = (await stateOf(incident)).ledger.filter(({ kind }) => kind === 'respond');
      assert.ok(respond);
      assert.equal(minutesBetween(respond.from, respond.dueAt), 5);
    });
  });

  it('broken again leaves the last version without mistakes in force', async () => {
    await write('policy: [\n');
    await eventually('a complaint', () => (problems().length > 0 ? true : undefined));
    assert.equal(await respondMinutes(), 7);
  });

  it('changed by something else than the editor is seen as well', async () => {
    await vscode.workspace.fs.delete(file);
    await eventually('no complaints', () => (problems().length === 0 ? true : undefined));
    assert.equal(await respondMinutes(), 5);
  });
});

function problems(): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(file);
}

let text = '';

async function write(content: string): Promise<void> {
  text = content;
  await vscode.workspace.fs.writeFile(file, Buffer.from(content));
}

function textAt({ start, end }: vscode.Range): string {
  assert.equal(start.line, end.line);
  return (text.split('\n')[start.line] ?? '').slice(start.character, end.character);
}

/** How long an incident declared now leaves to respond. */
async function respondMinutes(): Promise<number> {
  let minutes = Number.NaN;
  await withIncident({ severity: 'SEV1', acknowledge: false }, async ({ incident }) => {
    const respond = (await stateOf(incident)).ledger.find(({ kind }) => kind === 'respond');
    assert.ok(respond);
    minutes = minutesBetween(respond.from, respond.dueAt);
  });
  return minutes;
}

function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}
