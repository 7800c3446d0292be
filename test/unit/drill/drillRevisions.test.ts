import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../../src/drill/fileEdits.ts';
import { readDrillHistory } from '../../../src/drill/drillHistory.ts';
import { planHistory, type PlannedCommit } from '../../../src/drill/planHistory.ts';
import { drillNow, templatesDirectory, temporaryFolder } from './drillFixture.ts';

const { commits, finalTree } = await readDrillHistory(templatesDirectory);
const revisions = planHistory(commits, finalTree, drillNow).commits;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

async function checkOut({ name, tree }: { name: string; tree: Tree }): Promise<string> {
  const directory = join(folder.path, name);
  for (const [path, text] of tree) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return directory;
}

async function answersOf(directory: string): Promise<Record<string, number>> {
  const env = { ...process.env, PORT: '0', COMMIT: '' };
  const service = fork(join(directory, 'src', 'server.js'), { cwd: directory, env, execArgv: [] });
  try {
    const [{ port }] = (await once(service, 'message')) as [{ port: number }];
    const url = `http://127.0.0.1:${port}`;
    const status = async (path: string): Promise<number> => (await fetch(`${url}${path}`)).status;
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    const checkout = async (card: string): Promise<number> => {
      const cart = (await (await post('/cart', { sku: 'stove-gas', quantity: 2 })).json()) as { id: string };
      return (await post('/checkout', { cartId: cart.id, card, email: 'sam@mail.example' })).status;
    };
    return {
      live: await status('/health/live'),
      ready: await status('/health/ready'),
      metrics: await status('/metrics'),
      products: await status('/products'),
      noCart: await status('/cart?id=none'),
      checkout: await checkout('valid'),
      declined: await checkout('declined'),
      nowhere: await status('/nowhere'),
    };
  } finally {
    service.kill('SIGKILL');
  }
}

const changesWhatRuns = ({ changes }: PlannedCommit): boolean =>
  changes.some(({ path }) => /^(src|config)\/|^package\.json$/.test(path));

describe('every revision of the drill', { timeout: 30_000 }, () => {
  const cases = revisions.map((commit): [string, PlannedCommit] => [commit.name, commit]);

  it.each(cases.filter(([, commit]) => changesWhatRuns(commit)))('%s runs', async (_, commit) => {
    expect(await answersOf(await checkOut(commit))).toEqual({
      live: 200,
      ready: 200,
      metrics: 200,
      products: 200,
      noCart: 404,
      checkout: 201,
      declined: 402,
      nowhere: 404,
    });
  });

  it.each(cases.filter(([, { tag, name }]) => tag !== undefined || name.startsWith('02')))(
    '%s passes its own tests',
    async (name, commit) => {
      const directory = await checkOut({ name: `${name}-tests`, tree: commit.tree });
      const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap'], {
        cwd: directory,
        env: { PATH: process.env['PATH'] },
      });
      expect(stdout).toMatch(/^# pass [1-9]/m);
      expect(stdout).toMatch(/^# fail 0$/m);
    },
  );
});
