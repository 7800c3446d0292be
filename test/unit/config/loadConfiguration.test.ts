import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noSignals } from '../../../src/config/signalConfiguration.ts';
import { loadConfiguration } from '../../../src/config/loadConfiguration.ts';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';

const zone = 'Europe/Berlin';
const good = 'policy:\n  sprintDays: 7\n';
const broken = 'policy:\n  sprintDays: seven\n';
let directory: string;
let file: string;
let storage: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mayday-config-'));
  file = join(directory, 'workspace', '.incidents', 'mayday.yaml');
  storage = join(directory, 'storage');
  await mkdir(join(directory, 'workspace', '.incidents'), { recursive: true });
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const load = (isTrusted = true) => loadConfiguration({ file, storage, zone, isTrusted });
const kept = async () => (await readdir(storage, { recursive: true })).filter((name) => name.endsWith('.yaml'));

describe('loadConfiguration', () => {
  it('applies the built-in protocol when there is no file, without a complaint', async () => {
    expect(await load()).toEqual({
      configuration: {
        policy: builtInPolicy(zone),
        people: [],
        services: [],
        changes: { featureFlags: [], zoneFiles: [] },
        ...noSignals,
      },
      source: 'builtIn',
      reason: undefined,
      diagnostics: [],
    });
  });

  it('applies the file', async () => {
    await writeFile(file, good);
    expect(await load()).toMatchObject({
      configuration: { policy: { sprintDays: 7 } },
      source: 'file',
      reason: undefined,
      diagnostics: [],
    });
  });

  it('applies the last good version of a broken file, and says so', async () => {
    await writeFile(file, good);
    await load();
    await writeFile(file, broken);
    expect(await load()).toMatchObject({
      configuration: { policy: { sprintDays: 7 } },
      source: 'lastGood',
      reason: 'mayday.yaml has an error, the first in line 2. The last version without errors applies.',
      diagnostics: [{ line: 2, column: 15, severity: 'error' }],
    });
  });

  it('applies the built-in protocol when a file was broken from the start', async () => {
    await writeFile(file, broken);
    expect(await load()).toMatchObject({
      configuration: { policy: { sprintDays: 14 } },
      source: 'builtIn',
      reason: 'mayday.yaml has an error, the first in line 2. The built-in protocol applies.',
      diagnostics: [{ line: 2 }],
    });
  });

  it('does not confuse the last good versions of two folders', async () => {
    await writeFile(file, good);
    await load();
    const other = join(directory, 'other.yaml');
    await writeFile(other, broken);
    expect(await loadConfiguration({ file: other, storage, zone, isTrusted: true })).toMatchObject({
      source: 'builtIn',
    });
  });

  it('forgets the last good version with the file: deleting it is a decision', async () => {
    await writeFile(file, good);
    await load();
    await rm(file);
    expect(await load()).toMatchObject({ source: 'builtIn', reason: undefined });
  });

  it('neither reads the file nor keeps anything in Restricted Mode', async () => {
    await writeFile(file, good);
    expect(await load(false)).toMatchObject({
      configuration: { policy: { sprintDays: 14 } },
      source: 'builtIn',
      reason: 'The workspace is not trusted, so its mayday.yaml is not read. The built-in protocol applies.',
      diagnostics: [],
    });
    await expect(readdir(storage)).rejects.toThrow('ENOENT');
  });

  it('does not copy a file that holds a credential', async () => {
    await writeFile(file, `${good}channels:\n  slack: { token: abcdef123456 }\n`);
    expect(await load()).toMatchObject({ source: 'file', diagnostics: [{ severity: 'warning' }] });
    await expect(readdir(storage)).rejects.toThrow('ENOENT');
  });

  it('reads no file of 10 MB', async () => {
    await writeFile(file, '# '.padEnd(10 * 1024 * 1024, 'x'));
    expect(await load()).toMatchObject({
      source: 'builtIn',
      reason: 'mayday.yaml has 10240 KB, far more than is read. The built-in protocol applies.',
    });
  });

  it('says that a folder is no file', async () => {
    await mkdir(file);
    expect(await load()).toMatchObject({
      source: 'builtIn',
      reason: 'mayday.yaml is no file. The built-in protocol applies.',
    });
  });

  it('says why a file cannot be read', async () => {
    await symlink(file, file);
    expect((await load()).reason).toContain('ELOOP');
  });

  it('applies a good file even when it cannot be kept', async () => {
    await writeFile(file, good);
    await writeFile(storage, 'a file where the folder should be');
    const loaded = await load();
    expect(loaded).toMatchObject({ configuration: { policy: { sprintDays: 7 } }, source: 'file' });
    expect(loaded.reason).toContain('could not be kept');
  });

  it('ignores a last good version that is no longer good', async () => {
    await writeFile(file, good);
    await load();
    await writeFile(join(storage, 'lastGood', (await readdir(join(storage, 'lastGood')))[0]!), 'policy: [');
    await writeFile(file, broken);
    expect(await load()).toMatchObject({ source: 'builtIn', configuration: { policy: { sprintDays: 14 } } });
  });

  it('keeps the newest good text, once', async () => {
    await writeFile(file, good);
    await load();
    await load();
    await writeFile(file, `${good}people: []\n`);
    await load();
    const [name, ...others] = await kept();
    expect(others).toEqual([]);
    expect(await readFile(join(storage, name!), 'utf8')).toBe(`${good}people: []\n`);
  });
});
