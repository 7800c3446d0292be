import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCleanup } from '../support/cleanup.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import type { DemoSummary, OpenedDrill } from './autoDemo.ts';
import { runAutoDemo } from './autoDemo.ts';
import type { Workbench } from './pages/workbench.ts';

/** A window that can only be closed and looked at: the walk in a real one is a test of its own. */
describe('the demo without a person', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await createTemporaryFolder('mayday-demo-');
    vi.spyOn(console, 'log').mockReturnValue();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await folder.remove();
  });

  async function openFake(): Promise<OpenedDrill> {
    const directory = join(folder.path, 'drill');
    await mkdir(join(directory, '.incidents/2026-11-23-x'), { recursive: true });
    await writeFile(join(directory, '.incidents/2026-11-23-x/post-mortem.md'), '# X\n');
    const page = { context: () => ({ close: () => Promise.resolve() }) };
    const workbench = { page, screenshot: (path: string) => writeFile(path, '') } as unknown as Workbench;
    return { workbench, drill: { directory, badCommit: 'abc', url: 'http://127.0.0.1:1' } };
  }

  const steps = (failing: string) =>
    ['declare', 'investigate', 'resolve'].map((name) => ({
      name,
      run: () => (name === failing ? Promise.reject(new Error('no such row')) : Promise.resolve()),
    }));

  const walked = async (failing: string, open = openFake): Promise<readonly [DemoSummary, DemoSummary]> => {
    const out = join(folder.path, 'out');
    const told = await runAutoDemo(steps(failing), out, createCleanup(), new AbortController().signal, open);
    return [told, JSON.parse(await readFile(join(out, 'summary.json'), 'utf8')) as DemoSummary];
  };

  it('says what was done, and which documents are there', async () => {
    const [told, written] = await walked('none');
    expect(written).toEqual(told);
    expect(written).toMatchObject({
      ok: true,
      steps: [{ name: 'declare', ok: true, screenshot: '01-declare.png' }, { ok: true }, { ok: true }],
      documents: ['workspace/.incidents/2026-11-23-x/post-mortem.md'],
    });
  });

  it('fails with a step that failed, and does not try the later ones', async () => {
    const [told, written] = await walked('investigate');
    expect(told.ok).toBe(false);
    expect(written).toMatchObject({
      ok: false,
      steps: [
        { name: 'declare', ok: true },
        { name: 'investigate', ok: false, screenshot: '02-investigate.png', error: 'no such row' },
        { name: 'resolve', ok: false, error: 'Not tried: an earlier step failed.' },
      ],
    });
  });

  it('writes its summary also when nothing could be opened', async () => {
    const [, written] = await walked('none', () => Promise.reject(new Error('no browser')));
    expect(written).toMatchObject({ ok: false, documents: [] });
    expect(written.steps.map(({ name, error }) => `${name}: ${error ?? ''}`)).toEqual([
      'open the drill: no browser',
      ...['declare', 'investigate', 'resolve'].map((name) => `${name}: Not tried: an earlier step failed.`),
    ]);
  });
});
