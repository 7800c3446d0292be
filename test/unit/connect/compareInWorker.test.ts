import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReadVersions } from '../../../src/changes/configuration/compareVersions.ts';
import { differenceText } from '../../../src/changes/configuration/difference.ts';
import { createCompareFiles } from '../../../src/connect/compareInWorker.ts';

vi.setConfig({ testTimeout: 60_000 });

const options = { featureFlags: [], zoneFiles: [] };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayday-worker-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function versions(path: string, before: string, after: string): ReadVersions {
  const content = (text: string) => ({ kind: 'text', text }) as const;
  const beside = new Map<string, string>();
  return { status: 'modified', path, isLink: false, before: content(before), after: content(after), beside };
}

function script(code: string): URL {
  const file = join(folder, 'worker.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\n${code}`);
  return pathToFileURL(file);
}

const small = versions('app.conf', 'port 1\n', 'port 2\n');
const large = versions(
  'Dockerfile',
  `FROM node:20\n${'# comment\n'.repeat(20_000)}`,
  `FROM node:22\n${'# comment\n'.repeat(20_000)}`,
);

describe('createCompareFiles', () => {
  it('gives the same of small files here and of large ones in a worker, in their order', async () => {
    const compared = await createCompareFiles()([large, small, large], options);
    expect(compared.map(({ differences }) => differences.map(differenceText))).toEqual([
      ['image node: 20 → 22'],
      ['line 1: port 1 → port 2'],
      ['image node: 20 → 22'],
    ]);
  });

  it('ends a worker that takes too long, and goes on with the next file', async () => {
    const file = script(`let asked = 0;
      parentPort.on('message', ({ id }) => {
        if (id === 0) while (true) asked++;
        parentPort.postMessage({ id, compared: { differences: [], more: 0 } });
      });`);
    const compare = createCompareFiles({ file, timeoutMs: 500 });
    const [first, second] = await compare([large, { ...large }], options);
    expect(first).toMatchObject({ insteadBecause: 'took too long to compare', differences: [{ kind: 'told' }] });
    expect(second).toEqual({ differences: [], more: 0 });
  });

  it('says of a file that broke its worker that it differs', async () => {
    const compare = createCompareFiles({ file: script(`parentPort.on('message', () => process.exit(1));`) });
    expect(await compare([large, small], options)).toMatchObject([
      { insteadBecause: 'too large to compare' },
      { differences: [{ subject: 'line 1' }] },
    ]);
  });

  it('does without its worker where its file is missing', async () => {
    const compare = createCompareFiles({ file: pathToFileURL(join(folder, 'missing.js')) });
    expect((await compare([large], options)).map(({ differences }) => differences.map(differenceText))).toEqual([
      ['image node: 20 → 22'],
    ]);
    const huge = versions('a.conf', 'a'.repeat(600_000), 'b');
    expect(await compare([huge], options)).toMatchObject([{ insteadBecause: 'too large to compare here' }]);
  });

  it('is cancelled while a worker works', async () => {
    const file = script(`parentPort.on('message', () => {});`);
    const cancel = new AbortController();
    const compared = createCompareFiles({ file })([large], options, cancel.signal);
    setTimeout(() => {
      cancel.abort();
    }, 100);
    await expect(compared).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
