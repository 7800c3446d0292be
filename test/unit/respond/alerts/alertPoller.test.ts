import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { alertSourcesOf } from '../../../../src/connect/alertSources.ts';
import { builtInPolicy } from '../../../../src/incident/builtInPolicy.ts';
import type { AlertPoller } from '../../../../src/respond/alerts/alertPoller.ts';
import { startAlertPoller } from '../../../../src/respond/alerts/alertPoller.ts';
import { runbookFile } from '../../../../src/respond/alerts/runbookFile.ts';

describe('the poller of alerts', () => {
  let poller: AlertPoller | undefined;
  let wanted: boolean;
  let looks: number;
  let failure: unknown;
  const errors: string[] = [];
  const start = (): void => {
    poller = startAlertPoller({
      isWanted: () => wanted,
      look: () => {
        looks++;
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what a test fails with is its affair
        return failure === undefined ? Promise.resolve() : Promise.reject(failure);
      },
      log: { info: () => undefined, warn: () => undefined, error: (message) => void errors.push(message) },
    });
  };

  beforeEach(() => {
    vi.useFakeTimers();
    [wanted, looks, failure] = [true, 0, undefined];
    errors.length = 0;
  });
  afterEach(() => {
    poller?.dispose();
    vi.useRealTimers();
  });

  it('looks at once, and every half minute', async () => {
    start();
    await vi.advanceTimersByTimeAsync(0);
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(looks).toBe(4);
  });

  it('sleeps while nobody wants to know, and looks when somebody does, but not twice in half a minute', async () => {
    wanted = false;
    start();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(looks).toBe(0);
    wanted = true;
    poller?.wake();
    await vi.advanceTimersByTimeAsync(0);
    poller?.wake();
    await vi.advanceTimersByTimeAsync(1000);
    expect(looks).toBe(1);
    poller?.wake({ anew: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(looks).toBe(2);
  });

  it('goes on after a mistake, which it logs', async () => {
    failure = new TypeError('a mistake');
    start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect([looks, errors]).toEqual([2, Array(2).fill('The alerts could not be looked at.')]);
  });

  it('ends', async () => {
    start();
    poller?.dispose();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(looks).toBe(0);
  });
});

describe('a runbook in the workspace', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mayday-runbook-'));
    await mkdir(join(folder, 'shop/docs'), { recursive: true });
    await writeFile(join(folder, 'shop/docs/runbook.md'), '# What to do\n');
    await writeFile(join(folder, 'secret'), 'x');
    await symlink(join(folder, 'secret'), join(folder, 'shop/docs/link.md'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = (path: string) => runbookFile({ folder: join(folder, 'shop'), runbook: { kind: 'file', path } });

  it('is found where it is', async () => {
    expect(await open('docs/runbook.md')).toMatch(/shop\/docs\/runbook\.md$/);
  });

  it.each(['docs/missing.md', 'docs', 'docs/link.md', '../secret'])('is not %s', async (path) => {
    await expect(open(path)).rejects.toMatchObject({ reason: 'notFound' });
  });
});

describe('the sources of several folders', () => {
  const folderWith = (folder: string, alertmanager: readonly { name: string; url: string }[]) => ({
    folder,
    configuration: {
      policy: builtInPolicy('UTC'),
      dataSources: { prometheus: [], alertmanager, pagerduty: { token: 'secret:T', services: [] } },
    },
  });

  it('are each there once, and told apart by the folder where their names are the same', () => {
    const endpoints = {
      request: () => Promise.reject(new Error('asked')),
      json: () => Promise.reject(new Error('asked')),
    };
    const sources = alertSourcesOf(
      [
        folderWith('/home/ana/shop', [{ name: 'Alertmanager', url: 'http://a' }]),
        folderWith('/home/ana/cards', [
          { name: 'Alertmanager', url: 'http://b' },
          { name: 'same', url: 'http://a' },
        ]),
      ],
      endpoints,
    );
    expect(sources.map(({ source, folder }) => [source.shown, folder])).toEqual([
      ['Alertmanager (http://a/)', '/home/ana/shop'],
      ['PagerDuty (https://api.pagerduty.com/)', '/home/ana/shop'],
      ['Alertmanager (cards) (http://b/)', '/home/ana/cards'],
    ]);
  });
});
