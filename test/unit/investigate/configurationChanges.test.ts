import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compareInTurns } from '../../../src/changes/configuration/compareInTurns.ts';
import { differenceText } from '../../../src/changes/configuration/difference.ts';
import { createGit } from '../../../src/connect/git.ts';
import type { ChangesSight } from '../../../src/investigate/window/changesSight.ts';
import type { ConfigurationFinding } from '../../../src/investigate/configuration/configurationChanges.ts';
import { judgeConfiguration } from '../../../src/investigate/configuration/configurationChanges.ts';
import {
  configurationEvidence,
  listedConfiguration,
  parseConfigurationEvidence,
} from '../../../src/investigate/configuration/configurationEvidence.ts';
import type {
  ConfigurationComparison,
  ConfigurationSight,
} from '../../../src/investigate/configuration/configurationSight.ts';
import { lookAtConfiguration } from '../../../src/investigate/configuration/lookAtConfiguration.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { arrivalsBetween, changesSight, windowNow } from '../../support/builders/windowChanges.ts';

vi.setConfig({ testTimeout: 60_000 });

let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

const wish = {
  featureFlags: [],
  zoneFiles: [],
  servicesOf: (path: string) => (path.startsWith('api/') ? ['api'] : []),
};

async function look(sight: ChangesSight): Promise<ConfigurationSight> {
  const versions = createGit({ environment: repository.environment });
  return lookAtConfiguration({ versions, compare: compareInTurns }, sight, wish);
}

async function seen(sight: ChangesSight): Promise<Extract<ConfigurationSight, { kind: 'seen' }>> {
  const result = await look(sight);
  if (result.kind === 'none') throw new Error(result.reason);
  return result;
}

/** `path: differences` per file. */
function told(comparison: ConfigurationComparison | undefined): readonly string[] {
  return (comparison?.files ?? []).map(
    ({ path, differences }) => `${path}: ${differences.map(differenceText).join(' | ')}`,
  );
}

describe('lookAtConfiguration', () => {
  it('tells configuration in meaning, others in lines with the reason, and leaves programs out', async () => {
    const base = repository.commit({
      files: { 'api/Dockerfile': 'FROM node:20\n', 'conf/app.xml': '<a>\n<b>1</b>\n</a>\n', 'src/a.js': '1\n' },
    });
    repository.commit({
      message: 'Raise b',
      files: { 'api/Dockerfile': 'FROM node:22\n', 'conf/app.xml': '<a>\n<b>2</b>\n</a>\n', 'src/a.js': '2\n' },
    });
    const { deployed } = await seen(changesSight(repository, base));
    expect(deployed).toMatchObject({ silent: 0, others: 1, leftOut: 0, hasRenames: true });
    expect(told(deployed)).toEqual([
      expect.stringMatching(/^api\/Dockerfile: image node: 20 → 22$/),
      'conf/app.xml: line 2: <b>1</b> → <b>2</b>',
    ]);
    expect(
      deployed?.files.map(({ format, insteadBecause, services }) => [format?.kind, insteadBecause, services]),
    ).toEqual([
      ['docker', undefined, ['api']],
      [undefined, 'not a format Mayday reads', []],
    ]);
  });

  it('opens what only its content gives away, and counts what holds none among the others', async () => {
    const names = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'texts' } };
    const files = (host: string): Readonly<Record<string, string>> => ({
      'zones/example.org': `$TTL 60\napi IN A ${host}\n`,
      'services/messages/deploy/texts.yaml': JSON.stringify({ ...names, data: { host } }),
      'locales/de.json': JSON.stringify({ host }),
      'test/fixtures/large.json': host.repeat(300_000),
      'src/migrations/index.ts': `export const host = '${host}';\n`,
    });
    const gone = { 'deploy/messages/gone.yaml': JSON.stringify(names) };
    const base = repository.commit({ files: { ...files('10.0.0.4'), ...gone } });
    repository.commit({
      files: {
        ...files('10.0.0.9'),
        'deploy/messages/gone.yaml': '{}',
        'alembic/versions/1975ea83b712_drop.py':
          'from alembic import op\n\ndef upgrade():\n    op.drop_column("users", "email")\n',
      },
    });
    const { deployed } = await seen(changesSight(repository, base));
    const shown = told(deployed).map((text) => text.replace(/: line 1: .*/, ': in lines'));
    expect(shown).toEqual([
      'alembic/versions/1975ea83b712_drop.py: migration 1975ea83b712 drops column users.email (irreversible)',
      'deploy/messages/gone.yaml: in lines',
      'services/messages/deploy/texts.yaml: host: 10.0.0.4 → 10.0.0.9 (ConfigMap texts)',
      'zones/example.org: A api.example.org 10.0.0.4 → 10.0.0.9',
    ]);
    expect(deployed).toMatchObject({ silent: 0, others: 3, leftOut: 0 });
  });

  it('names the commits that touched a file, newest first, also under its old name and those that a merge brought', async () => {
    const base = repository.commit({ files: { 'old/app.conf': 'a\n'.repeat(30) } });
    repository.commit({ message: 'First', files: { 'old/app.conf': `${'a\n'.repeat(30)}b\n` } });
    repository.git('mv', 'old', 'new');
    repository.commit({ message: 'Move' });
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.commit({
      message: 'On the side',
      author: 'Ana Ruiz <ana@example.com>',
      files: { 'new/app.conf': `${'a\n'.repeat(30)}c\n` },
    });
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge side', 'side');
    const sight = changesSight(repository, base);
    if (sight.kind === 'none') throw new Error('nothing seen');
    const [group] = sight.changes.groups;
    const brought = arrivalsBetween(repository, 'main^1', 'side').map(({ commit }) => commit);
    const arrivals = (group?.arrivals ?? []).map((arrival, index) => (index === 0 ? { ...arrival, brought } : arrival));
    const { deployed } = await seen({
      ...sight,
      changes: { ...sight.changes, groups: [{ deploy: undefined, arrivals }] },
    });
    expect(deployed?.files).toMatchObject([{ path: 'new/app.conf', oldPath: 'old/app.conf', status: 'renamed' }]);
    expect(deployed?.files[0]?.commits.map(({ subject, author }) => [subject, author])).toEqual([
      ['On the side', 'Ana Ruiz'],
      ['Move', 'Robin Case'],
      ['First', 'Robin Case'],
    ]);
    expect(told(deployed)).toEqual(['new/app.conf: moved from old/app.conf | line 31 added: c']);
  });

  it('holds what is not deployed apart', async () => {
    const base = repository.commit({ files: { 'app.conf': 'a 1\n' } });
    const head = repository.commit({ files: { 'app.conf': 'a 2\n' } });
    const pending = repository.commit({ files: { 'app.conf': 'a 3\n', 'new.conf': 'b\n' } });
    const sight = await seen(
      changesSight(repository, base, { head, pending: arrivalsBetween(repository, head, pending) }),
    );
    expect(told(sight.deployed)).toEqual(['app.conf: line 1: a 1 → a 2']);
    expect(told(sight.pending)).toEqual(['app.conf: line 1: a 2 → a 3', 'new.conf: line 1 added: b']);
  });

  it('tells where submodules and links point', async () => {
    const base = repository.commit({ files: { 'a.conf': 'a\n' } });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${base},config/secret`);
    const { symlinkSync } = await import('node:fs');
    symlinkSync('a.conf', `${repository.directory}/link.conf`);
    repository.git('add', 'link.conf');
    repository.git('commit', '--quiet', '--message', 'Link');
    const linked = repository.git('rev-parse', 'HEAD').trim();
    const short = (commit: string): string => commit.slice(0, 7);
    const { deployed } = await seen(changesSight(repository, base));
    expect(told(deployed)).toEqual([
      `config/secret: submodule config/secret added: ${short(base)}`,
      'link.conf: link added: a.conf',
    ]);
    repository.git('update-index', '--cacheinfo', `160000,${linked},config/secret`);
    repository.git('commit', '--quiet', '--message', 'Bump');
    const bump = await seen(changesSight(repository, linked));
    expect(told(bump.deployed)).toEqual([`config/secret: submodule config/secret: ${short(base)} → ${short(linked)}`]);
    expect(judgeConfiguration([bump], [], windowNow).verdict).toBe('suspicious');
  });

  it('says why nothing can be seen, and throws only when cancelled', async () => {
    const head = repository.commit({ files: { 'a.conf': 'a\n' } });
    const missing = changesSight(repository, head, {
      head,
      base: 'ab'.repeat(20),
      groups: [{ deploy: undefined, arrivals: arrivalsBetween(repository, undefined, head) }],
    });
    expect(await look(missing)).toEqual({
      kind: 'none',
      folder: repository.directory,
      reason: expect.stringMatching(/\w+/) as string,
    });
    const none: ChangesSight = { kind: 'none', folder: undefined, reason: 'No folder is open.' };
    expect(await look(none)).toEqual(none);
  });
});

describe('judgeConfiguration', () => {
  const suspicious: ConfigurationFinding = {
    text: 'STRIPE_URL is read (src/pay.ts:4) and set nowhere in the repository',
    source: 'environment',
    isSuspicious: true,
  };

  it('accuses any difference, and tells the most telling', async () => {
    const base = repository.commit({ files: { 'api/Dockerfile': 'FROM node:20\n', 'x.conf': 'a\nb\nc\nd\ne\n' } });
    repository.commit({ files: { 'api/Dockerfile': 'FROM node:22\n', 'x.conf': 'a\nB\nC\nD\nE\n' } });
    const result = judgeConfiguration([await seen(changesSight(repository, base))], [], windowNow);
    expect(result.verdict).toBe('suspicious');
    expect(result.summary).toMatch(
      /^image node: 20 → 22 \(api\/Dockerfile\); line 2: b → B \(x\.conf\); line 3: c → C \(x\.conf\), and 2 more differences in 2 files\./,
    );
    expect(result.summary).toMatch(/Repository only: there is no source for live flags or cluster configuration\.$/);
  });

  it('never says ok of a repository without a difference', async () => {
    const base = repository.commit({ files: { 'a.js': '1' } });
    repository.commit({ files: { 'a.js': '2' } });
    const sight = await seen(changesSight(repository, base));
    expect(judgeConfiguration([sight], [], windowNow)).toEqual({
      verdict: 'unknown',
      summary:
        'No configuration file of this window differs in meaning. Repository only: there is no source for live flags or cluster configuration.',
    });
    expect(judgeConfiguration([sight], [suspicious], windowNow)).toMatchObject({
      verdict: 'suspicious',
      summary: expect.stringContaining(
        'STRIPE_URL is read (src/pay.ts:4) and set nowhere in the repository.',
      ) as string,
    });
    expect(judgeConfiguration([sight], [{ ...suspicious, isSuspicious: false }], windowNow).verdict).toBe('unknown');
  });

  it('judges nothing on a sight older than 15 minutes, but what was resolved just now', async () => {
    const base = repository.commit({ files: { '.env': 'A=1\n' } });
    repository.commit({ files: { '.env': 'A=2\n' } });
    const sight = await seen(changesSight(repository, base));
    const at = (ageMinutes: number) => new Date(Date.parse(windowNow) - ageMinutes * 60_000).toISOString();
    const ref = { ...sight.ref, kind: 'remoteDefault', hasRemote: true } as const;
    const fetched = (minutes: number): ConfigurationSight => {
      return { ...sight, ref: { ...ref, fetched: { kind: 'known', at: at(minutes), by: 'fetch' } } };
    };
    expect(judgeConfiguration([fetched(14)], [], windowNow).verdict).toBe('suspicious');
    expect(judgeConfiguration([fetched(16)], [], windowNow)).toMatchObject({
      verdict: 'unknown',
      summary: expect.stringContaining('env A: 1 → 2') as string,
    });
    expect(judgeConfiguration([fetched(16)], [suspicious], windowNow).verdict).toBe('unknown');
    expect(judgeConfiguration([fetched(16)], [{ ...suspicious, source: 'host' }], windowNow).verdict).toBe(
      'suspicious',
    );
  });

  it('says what it could not see', async () => {
    const base = repository.commit({ files: { 'a.js': '1' } });
    repository.commit({ files: { 'a.js': '2' } });
    const sight = await seen(
      changesSight(repository, base, {
        isShallow: true,
        running: { kind: 'unknown', reason: 'No source is configured.' },
      }),
    );
    const { summary } = judgeConfiguration([sight], [], '2026-11-23T08:00:00.000Z');
    expect(summary).toContain('But origin/main was last fetched 1 h 5 min ago, so newer ones may be missing; and');
    expect(summary).toContain('What runs is unknown, the head of origin/main is assumed.');
    expect(summary).toContain('shallow clone');
    const none: ConfigurationSight = { kind: 'none', folder: undefined, reason: 'No folder is open.' };
    expect(judgeConfiguration([none], [], windowNow)).toEqual({ verdict: 'unknown', summary: 'No folder is open.' });
  });

  it('tells apart what came after impact began, and does not accuse it', async () => {
    const base = repository.commit({ files: { 'a.conf': '1\n', 'b.conf': '1\n' } });
    const before = repository.commit({ files: { 'b.conf': '2\n' } });
    const fix = repository.commit({ files: { 'a.conf': '2\n' } });
    const late = (from: string) =>
      arrivalsBetween(repository, from, fix).map((arrival) => ({
        ...arrival,
        afterImpactStart: arrival.commit.id === fix,
      }));
    const judged = async (from: string) => {
      const groups = [{ deploy: undefined, arrivals: late(from) }];
      return judgeConfiguration([await seen(changesSight(repository, from, { groups }))], [], windowNow);
    };
    const repositoryOnly = 'Repository only: there is no source for live flags or cluster configuration.';
    expect(await judged(before)).toEqual({
      verdict: 'unknown',
      summary: `No configuration file of this window is known to have changed in meaning before impact began. After impact began: 1 difference. ${repositoryOnly}`,
    });
    expect(await judged(base)).toEqual({
      verdict: 'suspicious',
      summary: `line 1: 1 → 2 (b.conf). After impact began: 1 difference. ${repositoryOnly}`,
    });
  });

  it('accuses a file that was touched before impact began, however often after it', async () => {
    const base = repository.commit({ files: { 'a.conf': '0\n' } });
    for (let turn = 1; turn <= 22; turn += 1) repository.commit({ files: { 'a.conf': `${String(turn)}\n` } });
    const head = repository.git('rev-parse', 'HEAD');
    const arrivals = arrivalsBetween(repository, base, head).map((arrival, index) => ({
      ...arrival,
      afterImpactStart: index < 21,
    }));
    const sight = await seen(changesSight(repository, base, { groups: [{ deploy: undefined, arrivals }] }));
    expect(sight.deployed?.files[0]?.commits).toHaveLength(20);
    expect(judgeConfiguration([sight], [], windowNow).verdict).toBe('suspicious');
  });

  it('does not accuse what is not deployed', async () => {
    const base = repository.commit({ files: { 'a.conf': '1\n' } });
    const pending = repository.commit({ files: { 'a.conf': '2\n' } });
    const sight = await seen(
      changesSight(repository, base, { head: base, groups: [], pending: arrivalsBetween(repository, base, pending) }),
    );
    const { verdict, summary } = judgeConfiguration([sight], [], windowNow);
    expect(verdict).toBe('unknown');
    expect(summary).toContain('Not deployed yet: 1 difference.');
  });
});

describe('configurationEvidence', () => {
  it('is the same for the same sight, holds no credential, and is read back', async () => {
    const password = 'hunter2hunter2';
    const base = repository.commit({ files: { 'a.conf': `password=${password}\nport 1\n` } });
    repository.commit({ message: `Set token=${password}x`, files: { 'a.conf': `password=${password}x\nport 2\n` } });
    const make = async () => listedConfiguration([await seen(changesSight(repository, base))], []);
    const [first, second] = [await make(), await make()];
    const json = configurationEvidence(first);
    expect(json).toBe(configurationEvidence(second));
    expect(json).not.toContain(password);
    const read = parseConfigurationEvidence(json);
    expect(read?.repositories[0]?.deployed?.files[0]?.differences.map(differenceText)).toEqual([
      expect.stringMatching(/^line 1: password=\[redacted password \w{8}\] → password=\[redacted password \w{8}\]$/),
      'line 2: port 1 → port 2',
    ]);
    expect(read).toEqual(JSON.parse(json));
    expect(parseConfigurationEvidence('{"repositories":1}')).toBeUndefined();
    expect(parseConfigurationEvidence('{')).toBeUndefined();
  });
});
