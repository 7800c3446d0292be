import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { MaydayApi } from '../../src/editor/publicApi.ts';

describe('the API for other extensions', () => {
  it('reads, follows and appends, and keeps confidential incidents to itself', async () => {
    const api = (await vscode.extensions.getExtension<MaydayApi>('mayday.mayday')?.activate())!;
    assert.equal(api.version, 1);
    const open = await vscode.commands.executeCommand<{ incident: string }>('mayday.declareIncident', {
      title: 'Seen by others',
      severity: 'SEV4',
    });
    const secret = await vscode.commands.executeCommand<{ incident: string; name: string }>('mayday.declareIncident', {
      title: 'A breach of payroll',
      severity: 'SEV1',
      confidential: true,
    });
    assert.ok(!secret.name.includes('payroll'));
    const listed = await api.incidents();
    assert.ok(listed.some(({ id }) => id === open.incident));
    assert.ok(!listed.some(({ id }) => id === secret.incident));
    await assert.rejects(api.incident(secret.incident), /no incident/);

    const changed = new Promise<string>((resolve) => {
      api.onDidChange(resolve);
    });
    await api.addNote({ incident: open.incident, text: 'from another extension' });
    assert.equal(await changed, open.incident);
    const state = await api.incident(open.incident);
    assert.ok(state.entries.some(({ event }) => event.type === 'note.added'));
    for (const { incident } of [open, secret]) {
      await vscode.commands.executeCommand('mayday.closeIncident', {
        incident,
        outcome: 'cancelled',
        reason: 'a test',
      });
    }
  });
});
