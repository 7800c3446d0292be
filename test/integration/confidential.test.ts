import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { call, folder, withIncident } from './host.ts';

describe('a confidential incident', () => {
  it('has a neutral name, and its words stay out of the work tree', () =>
    withIncident({ title: 'Payroll was read by strangers', confidential: true }, async (declared) => {
      const { incident, name, channel, directory } = declared;
      assert.match(name, /^\d{4}-\d\d-\d\d-[a-z0-9-]+$/);
      assert.doesNotMatch(`${name} ${channel} ${directory}`, /payroll|strangers/i);
      assert.ok(channel.startsWith('#incident-'));
      const posted = await call<{ document: string }>('postUpdate', { incident, kind: 'initial', sent: true });
      const { document } = await call<{ document: string }>('writePostMortem', { incident });
      for (const path of [posted.document, document]) {
        assert.ok(path.startsWith(join(folder, '.git/mayday/incidents', name)), path);
        assert.ok(readFileSync(path, 'utf8').includes('Payroll was read by strangers'));
      }
      assert.equal(existsSync(join(folder, '.incidents', name)), false);
    }));

  it('is nowhere in the work tree afterwards', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const shown = files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.startsWith(join(folder, '.git')));
    assert.deepEqual(
      shown.filter((path) => readFileSync(path, 'utf8').includes('Payroll')),
      [],
    );
  });
});
