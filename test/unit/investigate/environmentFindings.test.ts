import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../src/connect/git.ts';
import { changeWindow } from '../../../src/investigate/window/changeWindow.ts';
import { environmentFindings } from '../../../src/investigate/environment/environmentFindings.ts';
import { environmentFindingOf } from '../../../src/investigate/environment/environmentText.ts';
import { readWindowChanges } from '../../../src/investigate/window/readWindowChanges.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { createTestDrill, drillNow, temporaryFolder } from '../drill/drillFixture.ts';

let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

async function look(folder: string, now: string, environment: NodeJS.ProcessEnv = process.env, signal?: AbortSignal) {
  const git = createGit({ environment });
  const sight = await readWindowChanges(
    { history: git },
    {
      folder,
      window: changeWindow({ impactStart: undefined, detected: now, now, minutes: 240 }),
      services: [],
      changes: { featureFlags: [], zoneFiles: [] },
      running: { kind: 'unknown', reason: 'Nobody was asked.' },
    },
  );
  return environmentFindings({ versions: git, repository: git }, sight, signal);
}

/** A repository that was `before` a day ago and is `after` now, as check 2 tells its variables. */
async function told(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string | null>>) {
  repository.commit({ at: '2026-11-22T06:00:00Z', files: before });
  repository.commit({ at: '2026-11-23T06:00:00Z', files: after });
  const sight = await look(repository.directory, '2026-11-23T07:00:00.000Z', repository.environment);
  if (sight.kind === 'none') return [sight.reason];
  return sight.findings.map((finding) => {
    const { text, isSuspicious } = environmentFindingOf(finding, sight);
    return `${isSuspicious ? '! ' : ''}${text.replaceAll(/\bby [0-9a-f]{8}/g, 'by C')}`;
  });
}

const reading = (name: string) => `const x = process.env.${name};\n`;

describe('environmentFindings', () => {
  it.each<[string, Record<string, string>, Record<string, string | null>, readonly string[]]>([
    [
      'read, set nowhere',
      { 'a.js': '' },
      { 'a.js': `\n${reading('API_URL')}` },
      ['! env API_URL newly read by C in a.js:2, set nowhere in the repository'],
    ],
    [
      'with a default in the code',
      { 'a.js': '' },
      { 'a.js': `process.env.API_URL ?? 'x'` },
      ['env API_URL newly read by C in a.js:1, set nowhere in the repository; the code has a default'],
    ],
    [
      'with a default in one place of two',
      { 'a.js': '', 'b.py': '' },
      { 'a.js': `process.env.API_URL ?? 'x'`, 'b.py': `import os\nos.environ['API_URL']` },
      ['! env API_URL newly read by C in a.js:1 and 1 more place, set nowhere in the repository'],
    ],
    [
      'set before the code read it',
      { 'a.go': '', 'deploy/a.yaml': 'env:\n  - name: API_URL\n    value: x\n' },
      { 'a.go': 'os.Getenv("API_URL")' },
      ['env API_URL newly read by C in a.go:1, set in deploy/a.yaml:2'],
    ],
    [
      'set with the code that reads it, in two places',
      { 'a.js': '' },
      { 'a.js': reading('API_URL'), '.env.production': 'API_URL=x', 'fly.toml': '[env]\nAPI_URL = "x"' },
      ['env API_URL newly read by C in a.js:1, set in .env.production:1 and 1 more place'],
    ],
    [
      'documented only',
      { 'a.js': '', '.env.example': 'API_URL=' },
      { 'a.js': reading('API_URL') },
      ['! env API_URL newly read by C in a.js:1, set nowhere in the repository, only documented in .env.example:1'],
    ],
    [
      'set for CI only',
      { 'a.js': '' },
      { 'a.js': reading('API_URL'), '.github/workflows/a.yml': 'env:\n  API_URL: x' },
      ['! env API_URL newly read by C in a.js:1, set only for CI, in .github/workflows/a.yml:2'],
    ],
    [
      'set while the image is built',
      { 'a.js': '', Dockerfile: 'ARG API_URL' },
      { 'a.js': reading('API_URL') },
      ['! env API_URL newly read by C in a.js:1, set only while the image is built, in Dockerfile:1'],
    ],
    [
      'whole sets from elsewhere',
      { 'a.js': '', 'deploy/a.yaml': 'envFrom:\n  - secretRef: { name: x }' },
      { 'a.js': reading('API_URL') },
      [
        '! env API_URL newly read by C in a.js:1, set nowhere in the repository, unless it is in what deploy/a.yaml:1 takes over as a whole',
      ],
    ],
    [
      'set by the code itself',
      { 'a.js': '' },
      { 'a.js': `process.env.API_URL = 'x';\n${reading('API_URL')}` },
      ['env API_URL newly read by C in a.js:2, set by the code itself in a.js:1'],
    ],
    [
      'no longer read, still set',
      { 'a.js': reading('API_URL'), '.env': 'API_URL=x' },
      { 'a.js': '' },
      ['env API_URL no longer read by C (was in a.js:1), still set in .env:1'],
    ],
    [
      'no longer read',
      { 'a.sh': 'curl $API_URL' },
      { 'a.sh': null },
      ['env API_URL no longer read by C (was in a.sh:1)'],
    ],
    ['read elsewhere before', { 'a.js': '', 'b.js': reading('API_URL') }, { 'a.js': reading('API_URL') }, []],
    ['still read elsewhere', { 'a.js': reading('API_URL'), 'b.js': reading('API_URL') }, { 'a.js': '' }, []],
    [
      'moved to another file',
      { 'a.js': reading('API_URL'), 'b.js': '' },
      { 'a.js': '', 'b.js': reading('API_URL') },
      [],
    ],
    [
      'a renamed file',
      { 'a.js': `${reading('API_URL')}${'x;\n'.repeat(30)}` },
      { 'a.js': null, 'b.js': `${reading('API_URL')}${'x;\n'.repeat(30)}` },
      [],
    ],
    [
      'a mention in a test is no reading',
      { 'a.js': '', 'test/b.js': reading('API_URL') },
      { 'a.js': reading('API_URL') },
      ['! env API_URL newly read by C in a.js:1, set nowhere in the repository'],
    ],
    ['what platforms set', { 'a.js': '' }, { 'a.js': `${reading('PATH')}${reading('NODE_ENV')}` }, []],
    ['another line changed', { 'a.js': reading('API_URL') }, { 'a.js': `${reading('API_URL')}\nf();` }, []],
    ['no code', { a: '' }, { 'a.md': 'process.env.API_URL', 'a.rb': 'ENV["A"]' }, []],
    [
      'odd names of files',
      { a: '' },
      { '--x\n`[a](command:b)`.js': reading('API_URL') },
      ['! env API_URL newly read in --x `[a](command:b)`.js:1, set nowhere in the repository'],
    ],
  ])('%s', async (_what, before, after, expected) => {
    expect(await told(before, after)).toEqual(expected);
  });

  it('names the commits that brought it, also those within a merge', async () => {
    const at = (minute: number) => `2026-11-23T06:${minute}:00Z`;
    repository.commit({ at: '2026-11-22T06:00:00Z', files: { 'a.js': '' } });
    repository.git('checkout', '--quiet', '-b', 'topic');
    const first = repository.commit({ at: at(10), files: { 'a.js': reading('A_URL') } });
    repository.commit({ at: at(11), files: { 'a.js': `${reading('A_URL')}f();` } });
    repository.git('checkout', '--quiet', 'main');
    const direct = repository.commit({ at: at(20), files: { 'b.js': reading('B_URL') } });
    repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'topic');
    repository.commit({ at: at(30), message: 'Merge topic' });
    const sight = await look(repository.directory, '2026-11-23T07:00:00.000Z', repository.environment);
    if (sight.kind === 'none') throw new Error(sight.reason);
    expect(sight.findings.map(({ name, commits }) => [name, commits.map(({ id }) => id)])).toEqual([
      ['A_URL', [first]],
      ['B_URL', [direct]],
    ]);
  });

  it('says what was not read', async () => {
    repository.commit({ at: '2026-11-22T06:00:00Z', files: { 'a.js': '' } });
    repository.commit({ files: { 'a.js': `${reading('API_URL')}${'f();\n'.repeat(100_000)}` } });
    const sight = await look(repository.directory, '2026-11-23T07:00:00.000Z', repository.environment);
    expect(sight).toMatchObject({
      findings: [],
      gaps: ['1 changed files of code were not read for variables: too large, or not in this partial clone.'],
    });
  });

  it('says where the environment is handed over to what reads it elsewhere', async () => {
    const files = { 'b.js': 'load(process.env);', 'c.js': 'spawn("x", { env: process.env });' };
    repository.commit({ at: '2026-11-22T06:00:00Z', files: { 'a.js': 'load(process.env);' } });
    repository.commit({ files: { ...files, 'a.js': '\nschema.parse(process.env);' } });
    const sight = await look(repository.directory, '2026-11-23T07:00:00.000Z', repository.environment);
    expect(sight).toMatchObject({
      gaps: [
        'The environment is handed over whole in a.js:2 and 1 more place: which variables are read there was not seen.',
      ],
    });
  });

  it('says that a folder is in no repository, and is cancelled', async () => {
    repository.commit();
    expect(await look('/', drillNow, repository.environment)).toMatchObject({ kind: 'none' });
    repository.commit({ files: { 'a.js': reading('A') } });
    const cancelled = look(
      repository.directory,
      '2026-11-23T07:00:00.000Z',
      repository.environment,
      AbortSignal.abort(),
    );
    await expect(cancelled).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('accuses nobody of a variable that the code began to read after impact began', () => {
    const commit = { id: 'ab'.repeat(20), subject: 'Fix', author: 'Ana', reachedAt: '2026-11-23T06:50:00.000Z' };
    const told = (...after: readonly boolean[]) => {
      const commits = after.map((afterImpactStart) => ({ ...commit, afterImpactStart }));
      const variable = {
        name: 'API_URL',
        kind: 'began',
        reads: [{ path: 'a.js', line: 1 }],
        hasDefault: false,
      } as const;
      const finding = { ...variable, settings: [], standing: 'nowhere', commits } as const;
      const sight = {
        kind: 'seen',
        repository: '/shop',
        findings: [finding],
        files: 1,
        wholeSets: [],
        gaps: [],
      } as const;
      return environmentFindingOf(finding, sight);
    };
    expect(told(true)).toMatchObject({
      isSuspicious: false,
      text: 'env API_URL newly read after impact began by abababab in a.js:1, set nowhere in the repository',
    });
    expect(told(true, false).isSuspicious).toBe(true);
    expect(told().isSuspicious).toBe(true);
  });

  it('names the new variable of the drill, which nobody set', async () => {
    const folder = await temporaryFolder();
    try {
      const drill = await createTestDrill(folder.path);
      const sight = await look(drill.directory, drillNow);
      if (sight.kind === 'none') throw new Error(sight.reason);
      const findings = sight.findings.map((finding) => environmentFindingOf(finding, sight));
      expect(findings).toEqual([
        {
          text: expect.stringMatching(
            /^env LOYALTY_URL newly read by [0-9a-f]{8} in src\/receipts\.js:1, set nowhere in the repository$/,
          ) as unknown,
          source: 'environment',
          isSuspicious: true,
          repository: drill.directory,
          path: 'src/receipts.js',
          line: 1,
          commit: sight.findings[0]?.commits[0]?.id,
        },
      ]);
      expect(sight.findings[0]?.commits[0]?.subject).toBe('Link the loyalty points in the receipt');
    } finally {
      await folder.remove();
    }
  });
});
