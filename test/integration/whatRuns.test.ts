import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { answerPrompts } from './answerPrompts.ts';
import { call, folder, stateOf, withIncident } from './host.ts';
import { git } from './repositoryGit.ts';

const file = vscode.Uri.file(join(folder, '.incidents/mayday.yaml'));

describe('what runs', () => {
  let server: Server;
  let url: string;
  const asked: IncomingHttpHeaders[] = [];

  before(async () => {
    const commit = git('rev-parse', 'HEAD');
    server = createServer((request, response) => {
      asked.push(request.headers);
      response.end(JSON.stringify({ commit }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/version`;
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(file.fsPath, { force: true });
  });

  it('is asked of the service itself, with a secret that only VS Code keeps', async () => {
    await configure(`checkout: { version: { url: "${url}", headers: { authorization: "Bearer secret:SHOP_TOKEN" } } }`);
    const questions = await answerPrompts(['SHOP_TOKEN', 's3cr3t'], () =>
      Promise.resolve(vscode.commands.executeCommand('mayday.setSecret')),
    );
    assert.match(questions[1] ?? '', /^Kept by VS Code on this machine\./);
    await withIncident({}, async ({ incident }) => {
      await call('investigate', { incident });
      assert.equal(asked.at(-1)?.authorization, 'Bearer s3cr3t');
      assert.equal(JSON.stringify(await stateOf(incident)).includes('s3cr3t'), false);
    });
    await answerPrompts(['SHOP_TOKEN', ''], () => Promise.resolve(vscode.commands.executeCommand('mayday.setSecret')));
  });

  it('elsewhere is not asked by a script before a person confirmed the address, once', async () => {
    await configure('checkout: { version: { url: "https://checkout.invalid/version" } }');
    await withIncident({}, async ({ incident }) => {
      await assert.rejects(
        call('investigate', { incident }),
        /https:\/\/checkout\.invalid\/version was not asked: nobody confirmed that in this workspace yet/,
      );
      const first = await answerModal('Do It', () => vscode.commands.executeCommand('mayday.confirmAddresses'));
      assert.deepEqual(first, ['https://checkout.invalid/version']);
      await call('investigate', { incident });
      const again = await answerModal('Do It', () => vscode.commands.executeCommand('mayday.confirmAddresses'));
      assert.deepEqual(again, []);
    });
  });
});

async function configure(service: string): Promise<void> {
  await vscode.workspace.fs.writeFile(file, Buffer.from(`services:\n  ${service}\n`));
}

/** Presses a button of the modal questions that come; gives what they showed in detail. */
async function answerModal(button: string, run: () => Thenable<unknown>): Promise<readonly string[]> {
  const window = vscode.window as { showWarningMessage: unknown };
  const { showWarningMessage } = window;
  const details: string[] = [];
  window.showWarningMessage = (_message: string, { detail = '' }: vscode.MessageOptions) => {
    details.push(detail);
    return Promise.resolve(button);
  };
  try {
    await run();
  } finally {
    window.showWarningMessage = showWarningMessage;
  }
  return details;
}
