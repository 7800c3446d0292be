import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, callOnRow, eventually, folder, recordedEvents, stateOf, withIncident, type Brief } from './host.ts';

interface Message {
  readonly update: string;
  readonly text: string;
  readonly draft: string;
}

describe('a draft of a message', () => {
  it('is copied as it may be sent, which is not sending it', () =>
    withIncident({}, async ({ incident, name }) => {
      const { update, draft } = await call<Message>('postUpdate', { incident, kind: 'initial' });
      await edit(draft, (text) => text.replace(/^Impact:.*$/m, 'Impact: a\\_b fails, password=hunter2'));
      await callOnRow('copyUpdate', { incident, update });
      const copied = await vscode.env.clipboard.readText();
      assert.match(copied, /^🔴 INCIDENT \[SEV-2\]: Orders fail/);
      assert.ok(copied.includes('Impact: a_b fails'), copied);
      assert.ok(!copied.includes('hunter2'), copied);
      const types = recordedEvents(name).map(({ type }) => type);
      assert.ok(types.includes('update.copied'));
      assert.ok(!types.includes('update.sent'));
      assert.equal((await pendingUpdate(incident)).from, (await stateOf(incident)).moments.detected);
    }));

  it('posted is on record word for word, starts the next clock, and is put away', () =>
    withIncident({}, async ({ incident, name }) => {
      const { update, draft } = await call<Message>('postUpdate', { incident, kind: 'initial' });
      await call('openDocument', { path: draft });
      await edit(draft, (text) => `${text.trimEnd()}\nCall the bridge.\n`);
      const before = await pendingUpdate(incident);
      const sent = await callOnRow<Brief & { document: string; nextUpdateAt: string }>('sendUpdate', {
        incident,
        update,
      });
      const [recorded] = (await stateOf(incident)).updates;
      assert.match(recorded?.text ?? '', /Call the bridge\.$/);
      const after = await pendingUpdate(incident);
      assert.ok(after.dueAt > before.dueAt);
      assert.equal(sent?.nextUpdateAt, after.dueAt);
      assert.equal(Date.parse(after.dueAt) - Date.parse(recorded?.at ?? ''), 30 * 60_000);
      assert.ok(sent.document.startsWith(join(folder, '.incidents', name, 'updates')));
      assert.match(readFileSync(sent.document, 'utf8'), /Call the bridge\./);
      assert.equal(existsSync(draft), false);
      await eventually('its editor to be closed', () => (tabsOf(draft).length === 0 ? true : undefined));
    }));

  it('that nobody will send is discarded, its editor with it', () =>
    withIncident({}, async ({ incident, name }) => {
      const { update, draft } = await call<Message>('postUpdate', { incident, kind: 'initial' });
      await call('openDocument', { path: draft });
      await callOnRow('discardUpdate', { incident, update });
      assert.equal(existsSync(draft), false);
      await eventually('its editor to be closed', () => (tabsOf(draft).length === 0 ? true : undefined));
      assert.ok(!recordedEvents(name).some(({ type }) => type === 'update.sent'));
    }));
});

/** Types into a document without saving it. */
async function edit(path: string, change: (text: string) => string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const edited = new vscode.WorkspaceEdit();
  edited.replace(document.uri, all, change(document.getText()));
  assert.ok(await vscode.workspace.applyEdit(edited));
}

async function pendingUpdate(incident: string): Promise<{ readonly from: string; readonly dueAt: string }> {
  const { ledger } = await stateOf(incident);
  const pending = ledger.find(({ kind, outcome }) => kind === 'communicate' && outcome.kind === 'pending');
  assert.ok(pending);
  return pending;
}

function tabsOf(path: string): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === path);
}
