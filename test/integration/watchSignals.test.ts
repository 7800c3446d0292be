import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, eventually, folder, recordedEvents, stateOf, withIncident } from './host.ts';

const file = vscode.Uri.file(join(folder, '.incidents/mayday.yaml'));

describe('watching the signals of an incident', () => {
  let server: Server;
  let database = 'up';
  let asked = 0;

  before(async () => {
    server = createServer((request, response) => {
      if (request.url !== '/health/ready') return response.writeHead(404).end();
      asked++;
      const body = { status: database, checks: { database: { status: database } } };
      return response.writeHead(database === 'up' ? 200 : 503).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    await vscode.workspace.fs.writeFile(file, Buffer.from(`services:\n  checkout: { url: "${url}" }\n`));
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(file.fsPath, { force: true });
  });

  it('begins and ends with the command', async () => {
    await withIncident({}, async ({ incident }) => {
      for (const watching of [true, false, true, false]) {
        assert.deepEqual(await call('toggleContinuousChecks', { incident }), { incident, watching });
      }
    });
  });

  it('records what changed, and nothing where all is as it was', async () => {
    await withIncident({}, async ({ incident, name }) => {
      const recorded = () =>
        recordedEvents(name).filter(({ type, data }) => type === 'check.completed' && data['check'] === 'dependencies');
      await call('investigate', { incident, checks: ['dependencies'] });
      assert.equal((await stateOf(incident)).checks.dependencies?.verdict, 'ok');
      await watchOnce(incident);
      assert.equal(recorded().length, 1);
      database = 'down';
      await watchOnce(incident);
      const { dependencies } = (await stateOf(incident)).checks;
      assert.deepEqual(
        [recorded().length, dependencies?.verdict, dependencies?.summary],
        [2, 'bad', 'checkout /health/ready answers 503: database down.'],
      );
    });
  });

  it('is refused once nobody works on it', async () => {
    await withIncident({}, async ({ incident }) => {
      await call('closeIncident', { incident, outcome: 'cancelled', reason: 'a test' });
      await assert.rejects(call('toggleContinuousChecks', { incident }), /while an incident is being worked on/);
    });
  });

  /** The look that begins at once, and no other. */
  async function watchOnce(incident: string): Promise<void> {
    const before = asked;
    await call('toggleContinuousChecks', { incident });
    await eventually('a look', () => (asked > before ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await call('toggleContinuousChecks', { incident });
  }
});
