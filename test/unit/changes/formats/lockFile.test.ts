import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lockFile } from '../../../../src/changes/configuration/formats/lockFile.ts';
import { compareVersions, versionStep } from '../../../../src/changes/configuration/readers/locks/versionStep.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';
import {
  berry,
  cargo,
  classic,
  composer,
  gemfile,
  goMod,
  goSum,
  npm1,
  npm3,
  pipfile,
  pnpm5,
  pnpm6,
  pnpm9,
  poetry,
  requirements,
  uv,
} from '../../../support/builders/lockFiles.ts';

/** `text` with `from` replaced, which has to be there. */
function edited(text: string, ...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`not there: ${from}`);
    return result.replaceAll(from, to);
  }, text);
}

const packageJson = {
  'package.json': '{"dependencies": {"left-pad": "^1.0.0"}, "devDependencies": {"vite": "^5.0.0"}}',
};
const pyproject = { 'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["requests>=2", "Django~=5.0"]\n' };

type Case = readonly [
  title: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
  beside?: Readonly<Record<string, string>>,
];

const cases: readonly Case[] = [
  ['npm 3: the same', 'package-lock.json', npm3, npm3, []],
  [
    'npm 3: a direct major',
    'package-lock.json',
    npm3,
    edited(npm3, ['"version": "1.0.0"', '"version": "2.0.0"'], ['left-pad-1.0.0.tgz', 'left-pad-2.0.0.tgz']),
    ['left-pad 1.0.0 → 2.0.0 (major, direct)'],
  ],
  [
    'npm 3: a transitive patch',
    'package-lock.json',
    npm3,
    edited(npm3, ['"version": "4.0.1"', '"version": "4.0.2"']),
    ['ms 4.0.1 → 4.0.2 (patch, transitive)'],
  ],
  [
    'npm 3: a downgrade',
    'package-lock.json',
    npm3,
    edited(npm3, ['"version": "1.0.0"', '"version": "0.9.0"']),
    ['left-pad 1.0.0 → 0.9.0 (major, downgrade, direct)'],
  ],
  [
    'npm 3: one of several versions',
    'package-lock.json',
    npm3,
    edited(npm3, ['"version": "2.0.0-ms"', '"version": "3.0.0"']),
    ['ms 2.0.0-ms → 3.0.0 (major, transitive)'],
  ],
  [
    'npm 3: the same version with other content',
    'package-lock.json',
    npm3,
    edited(npm3, ['sha512-leftpad1==', 'sha512-other==']),
    ['left-pad 1.0.0: same version, other content (its hash changed)'],
  ],
  ['npm 3: a better algorithm', 'package-lock.json', edited(npm3, ['sha512-leftpad1==', 'sha1-old=']), npm3, []],
  [
    'npm 3: another host',
    'package-lock.json',
    npm3,
    edited(npm3, ['https://npm.example.org/left-pad', 'https://evil.example.com/left-pad']),
    ['left-pad now comes from evil.example.com, before from npm.example.org'],
  ],
  [
    'npm 3: all from a mirror',
    'package-lock.json',
    npm3,
    edited(npm3, ['https://npm.example.org/', 'https://mirror.example.net/']),
    ['left-pad, vite, ms now come from mirror.example.net, before from npm.example.org'],
  ],
  [
    'npm 3: no hash any more',
    'package-lock.json',
    npm3,
    edited(npm3, ['"integrity": "sha512-leftpad1=="', '"license": "MIT"']),
    ['left-pad: no hash any more'],
  ],
  [
    'npm 1 to 3: the same packages',
    'package-lock.json',
    npm1,
    npm3,
    ['lockfileVersion: 1 → 3', 'vite added: 5.0.0 (direct)'],
  ],
  [
    'npm 1: a direct one',
    'package-lock.json',
    npm1,
    edited(npm1, ['"version": "1.0.0"', '"version": "1.3.0"']),
    ['left-pad 1.0.0 → 1.3.0 (minor, direct)'],
    packageJson,
  ],
  [
    'npm 1: without a manifest',
    'package-lock.json',
    npm1,
    edited(npm1, ['"version": "1.0.0"', '"version": "1.3.0"']),
    ['left-pad 1.0.0 → 1.3.0 (minor)'],
  ],
  [
    'npm 1: with a manifest that does not parse',
    'package-lock.json',
    npm1,
    edited(npm1, ['"version": "1.0.0"', '"version": "1.3.0"']),
    ['left-pad 1.0.0 → 1.3.0 (minor)'],
    { 'package.json': '{' },
  ],
  [
    'npm: in a conflict',
    'package-lock.json',
    npm3,
    edited(npm3, ['  "packages"', '<<<<<<< HEAD\n  "packages"']),
    ['line 4: no JSON'],
  ],
  ['npm: no lock file', 'package-lock.json', npm3, '{"a": 1}', ['line 1: neither packages nor dependencies']],
  [
    'pnpm 9: direct and transitive',
    'pnpm-lock.yaml',
    pnpm9,
    edited(
      pnpm9,
      ['left-pad@1.0.0', 'left-pad@2.0.0'],
      ['version: 1.0.0', 'version: 2.0.0'],
      ['ms@4.0.1:', 'ms@4.1.0:'],
    ),
    ['left-pad 1.0.0 → 2.0.0 (major, direct)', 'ms 4.0.1 → 4.1.0 (minor, transitive)'],
  ],
  [
    'pnpm 9: a scoped one of a workspace',
    'pnpm-lock.yaml',
    pnpm9,
    edited(pnpm9, ["'@scope/kit@0.2.0'", "'@scope/kit@0.3.0'"]),
    ['@scope/kit 0.2.0 → 0.3.0 (minor, direct)'],
  ],
  [
    'pnpm 9: other content',
    'pnpm-lock.yaml',
    pnpm9,
    edited(pnpm9, ['sha512-leftpad1==', 'sha512-other==']),
    ['left-pad 1.0.0: same version, other content (its hash changed)'],
  ],
  ['pnpm 6 to 9', 'pnpm-lock.yaml', pnpm6, pnpm9, ['lockfileVersion: 6.0 → 9.0']],
  ['pnpm 5 to 6', 'pnpm-lock.yaml', pnpm5, pnpm6, ['lockfileVersion: 5.4 → 6.0']],
  ['pnpm: a conflict', 'pnpm-lock.yaml', pnpm9, `${pnpm9}=======\n`, ['line 32: a conflict that nobody solved']],
  [
    'yarn classic: direct by what nothing else asks for',
    'yarn.lock',
    classic,
    edited(
      classic,
      ['version "1.0.0"', 'version "2.0.0"'],
      ['left-pad-1.0.0', 'left-pad-2.0.0'],
      ['version "4.0.1"', 'version "4.0.2"'],
    ),
    ['left-pad 1.0.0 → 2.0.0 (major, direct)', 'ms 4.0.1 → 4.0.2 (patch, transitive)'],
    packageJson,
  ],
  [
    'yarn classic: other host',
    'yarn.lock',
    classic,
    edited(classic, ['yarn.example.org/left-pad', 'evil.example.com/left-pad']),
    ['left-pad now comes from evil.example.com, before from yarn.example.org'],
  ],
  [
    'yarn classic: the order of patterns',
    'yarn.lock',
    classic,
    edited(classic, ['ms@4.0.1, ms@^4.0.0', 'ms@^4.0.0, ms@4.0.1']),
    [],
  ],
  [
    'yarn berry',
    'yarn.lock',
    berry,
    edited(berry, ['left-pad@npm:1.0.0', 'left-pad@npm:1.3.0'], ['version: 1.0.0', 'version: 1.3.0']),
    ['left-pad 1.0.0 → 1.3.0 (minor, direct)'],
  ],
  [
    'yarn berry: other content',
    'yarn.lock',
    berry,
    edited(berry, ['10c0/aaa', '10c0/bbb']),
    ['left-pad 1.0.0: same version, other content (its hash changed)'],
  ],
  ['yarn berry: hashed in another way', 'yarn.lock', berry, edited(berry, ['10c0/aaa', '11/bbb']), []],
  [
    'yarn berry: a patch instead of the registry',
    'yarn.lock',
    berry,
    edited(berry, ['resolution: "ms@npm:4.0.1"', 'resolution: "ms@patch:ms@npm%3A4.0.1#./ms.patch"']),
    ['ms now comes from patch:ms@npm%3A4.0.1#./ms.patch'],
  ],
  ['yarn: not one', 'yarn.lock', classic, 'hello\n', ['line 1: no package of a yarn.lock']],
  [
    'poetry',
    'poetry.lock',
    poetry,
    edited(poetry, ['version = "2.31.0"', 'version = "2.32.3"'], ['version = "1.26.18"', 'version = "2.2.1"']),
    ['requests 2.31.0 → 2.32.3 (minor, direct)', 'urllib3 1.26.18 → 2.2.1 (major, transitive)'],
    pyproject,
  ],
  [
    'poetry: a file more for another platform',
    'poetry.lock',
    poetry,
    edited(poetry, [
      'files = [\n    {file = "requests',
      'files = [\n    {file = "more.whl", hash = "sha256:0009"},\n    {file = "requests',
    ]),
    [],
  ],
  [
    'poetry: other files of the same version',
    'poetry.lock',
    poetry,
    edited(poetry, ['sha256:aaaa', 'sha256:ffff']),
    ['requests 2.31.0: same version, other content (its hash changed)'],
  ],
  [
    'uv',
    'uv.lock',
    uv,
    edited(uv, ['version = "0.4.0"', 'version = "0.5.0"'], ['version = "5.0.1"', 'version = "4.2.0"']),
    ['django 5.0.1 → 4.2.0 (major, downgrade, direct)', 'sqlparse 0.4.0 → 0.5.0 (minor, transitive)'],
  ],
  [
    'uv: of a group of the workspace',
    'uv.lock',
    uv,
    edited(uv, ['version = "0.5.1"', 'version = "0.6.0"']),
    ['ruff 0.5.1 → 0.6.0 (minor, direct)'],
  ],
  [
    'npm 3: fewer versions of one',
    'package-lock.json',
    npm3,
    edited(
      npm3,
      ['"version": "2.0.0-ms"', '"version": "4.1.0"'],
      ['"version": "4.0.1"', '"version": "4.1.0"'],
      ['sha512-ms2==', 'sha512-ms41=='],
      ['sha512-ms4==', 'sha512-ms41=='],
    ),
    ['ms removed (was 2.0.0-ms) (4.1.0 stays)', 'ms 4.0.1 → 4.1.0 (minor, transitive)'],
  ],
  [
    'uv: an index of another host',
    'uv.lock',
    uv,
    edited(uv, [
      'name = "sqlparse"\nversion = "0.4.0"\nsource = { registry = "https://pypi.example.org/simple" }',
      'name = "sqlparse"\nversion = "0.4.0"\nsource = { registry = "https://evil.example.com/simple" }',
    ]),
    ['sqlparse now comes from evil.example.com, before from pypi.example.org'],
  ],
  [
    'Pipfile.lock',
    'Pipfile.lock',
    pipfile,
    edited(pipfile, ['==2.31.0', '==2.32.0']),
    ['requests 2.31.0 → 2.32.0 (minor, direct)'],
    { Pipfile: '[packages]\nrequests = "*"\n' },
  ],
  [
    'Pipfile.lock: the index',
    'Pipfile.lock',
    pipfile,
    edited(pipfile, ['https://pypi.example.org/simple', 'https://pypi.example.net/simple']),
    ['index: https://pypi.example.org/simple → https://pypi.example.net/simple'],
  ],
  [
    'requirements',
    'requirements.txt',
    requirements,
    edited(requirements, ['requests==2.31.0', 'requests==2.32.0'], ['# of the shop', ''], ['Flask', 'flask']),
    ['requests 2.31.0 → 2.32.0 (minor, direct)'],
  ],
  [
    'requirements: a pin gone',
    'requirements.txt',
    requirements,
    edited(requirements, ['requests==2.31.0', 'requests>=2.31']),
    ['requests 2.31.0 → >=2.31 (direct)'],
  ],
  [
    'requirements: an index more',
    'requirements-prod.txt',
    requirements,
    `--extra-index-url https://evil.example.com/simple\n${requirements}`,
    ['--extra-index-url added: https://evil.example.com/simple'],
  ],
  [
    'requirements: compiled',
    'requirements.txt',
    'a==1.0 # via -r requirements.in\nb==1.0\n    # via a\n',
    'a==1.1\nb==2.0\n    # via a\n',
    ['b 1.0 → 2.0 (major, transitive)', 'a 1.0 → 1.1 (minor, direct)'].reverse(),
    { 'requirements.in': 'a\n' },
  ],
  ['requirements: not one', 'requirements.txt', requirements, 'hello world\n', ['line 1: no requirement']],
  [
    'go.mod',
    'go.mod',
    goMod,
    edited(goMod, ['mux v1.8.0', 'mux v1.8.1'], ['sys v0.15.0', 'sys v0.16.0'], ['go 1.22', 'go 1.23']),
    [
      'go: 1.22 → 1.23',
      'example.org/mux v1.8.0 → v1.8.1 (patch, direct)',
      'example.org/x/sys v0.15.0 → v0.16.0 (minor, transitive)',
    ],
  ],
  [
    'go.mod: replaced',
    'go.mod',
    goMod,
    `${goMod}replace example.org/mux => ../mux\n`,
    ['replace example.org/mux added: ../mux'],
  ],
  [
    'go.mod: in another order',
    'go.mod',
    goMod,
    'module example.org/shop\n\ngo 1.22\n\nrequire example.org/x/sys v0.15.0 // indirect\nrequire example.org/mux v1.8.0\n',
    [],
  ],
  ['go.mod: an open block', 'go.mod', goMod, 'module x\nrequire (\n', ['line 2: require does not close']],
  ['go.mod: not one', 'go.mod', goMod, 'modul x\n', ['line 1: no directive of a go.mod']],
  [
    'go.sum: versions',
    'go.sum',
    goSum,
    `${goSum}example.org/mux v1.8.1 h1:cccc=\n`,
    ['1 version of a module added, 0 removed (go.mod tells which are used)'],
  ],
  [
    'go.sum: other content',
    'go.sum',
    goSum,
    edited(goSum, ['h1:aaaa=', 'h1:ffff=']),
    ['example.org/mux v1.8.0: same version, other content (its hash changed)'],
  ],
  [
    'Cargo.lock',
    'Cargo.lock',
    cargo,
    edited(cargo, ['version = "1.0.195"', 'version = "1.0.200"'], ['version = "1.36.0"', 'version = "2.0.0"']),
    ['tokio 1.36.0 → 2.0.0 (major, direct)', 'serde 1.0.195 → 1.0.200 (patch, transitive)'],
  ],
  [
    'Cargo.lock: other content',
    'Cargo.lock',
    cargo,
    edited(cargo, ['checksum = "aaaa"', 'checksum = "bbbb"']),
    ['tokio 1.36.0: same version, other content (its hash changed)'],
  ],
  [
    'Cargo.lock: from a fork',
    'Cargo.lock',
    cargo,
    edited(cargo, [
      'name = "serde"\nversion = "1.0.195"\nsource = "registry+https://index.example.org/crates"',
      'name = "serde"\nversion = "1.0.195"\nsource = "git+https://code.example.com/someone/serde#0f1e"',
    ]),
    ['serde now comes from code.example.com/someone/serde, before from index.example.org'],
  ],
  [
    'Gemfile.lock',
    'Gemfile.lock',
    gemfile,
    edited(
      gemfile,
      ['rails (7.0.8)', 'rails (7.1.0)'],
      ['rack (2.2.8)', 'rack (3.0.0)'],
      ['rack (~> 2.2)', 'rack (~> 3.0)'],
    ),
    ['rails 7.0.8 → 7.1.0 (minor, direct)', 'rack 2.2.8 → 3.0.0 (major, transitive)'],
  ],
  [
    'composer.lock',
    'composer.lock',
    composer,
    edited(composer, ['v6.4.0', 'v7.0.0']),
    ['acme/console 6.4.0 → 7.0.0 (major, direct)'],
    { 'composer.json': '{"require": {"acme/console": "^6"}}' },
  ],
  [
    'a new file',
    'Cargo.lock',
    undefined,
    cargo,
    ['version of the lock file added: 4', 'tokio added: 1.36.0 (direct)', 'serde added: 1.0.195 (transitive)'],
  ],
  [
    'a removed file',
    'yarn.lock',
    classic,
    undefined,
    ['left-pad removed (was 1.0.0) (direct)', 'vite removed (was 5.0.0) (direct)', 'ms removed (was 4.0.1)'],
    packageJson,
  ],
];

describe('lockFile', () => {
  const complete = cases.map(([title, path, before, after, told, beside = {}]) => ({
    title,
    path,
    before,
    after,
    told,
    beside,
  }));

  it.each(complete)('$title', ({ path, before, after, told, beside }) => {
    expect(toldDifferences(lockFile, before, after, { path, beside })).toEqual(told);
  });

  it('never hides a direct package behind hundreds of others', () => {
    const lock = (minor: number) => {
      const entries = Array.from({ length: 230 }, (_none, at): [string, object] => [
        `node_modules/dep-${at}`,
        { version: `1.${minor}.0` },
      ]);
      const root: [string, object] = ['', { dependencies: { 'dep-228': '^1.0.0', 'dep-229': '^1.0.0' } }];
      return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries([root, ...entries]) }, undefined, 2);
    };
    const told = toldDifferences(lockFile, lock(0), lock(1), { path: 'package-lock.json' });
    expect(told.slice(0, 3)).toEqual([
      'dep-228 1.0.0 → 1.1.0 (minor, direct)',
      'dep-229 1.0.0 → 1.1.0 (minor, direct)',
      'dep-0 1.0.0 → 1.1.0 (minor, transitive)',
    ]);
    expect(told).toHaveLength(23);
    expect(told.at(-1)).toBe('and 208 transitive packages');
  });

  it.each([
    ['web/package-lock.json', ['web/package.json']],
    ['yarn.lock', ['package.json']],
    ['deploy/requirements/prod.txt', ['deploy/requirements/prod.in']],
    ['pnpm-lock.yaml', []],
  ])('reads beside %s: %s', (path, beside) => {
    expect(lockFile.beside?.(path)).toEqual(beside);
  });

  it.each([
    ['api/go.mod', true],
    ['constraints.txt', true],
    ['requirements-dev.txt', true],
    ['toString', false],
    ['package.json', false],
    ['Gemfile', false],
    ['notes.txt', false],
  ])('fits %s: %s', (path, fits) => {
    expectFit(lockFile, path, undefined, fits);
  });

  it('reads or refuses whatever is in the file', () => {
    const parts = fc.constantFrom(
      '{',
      '}',
      '"',
      ':',
      '\n',
      '  ',
      'version',
      '[[package]]',
      'name = "a"',
      '@',
      '(',
      ')',
      '/',
      '==',
      '1.0',
      ' \\\n',
      '__proto__',
    );
    const paths = fc.constantFrom(
      'package-lock.json',
      'pnpm-lock.yaml',
      'yarn.lock',
      'uv.lock',
      'Pipfile.lock',
      'requirements.txt',
      'go.mod',
      'go.sum',
      'Gemfile.lock',
      'composer.lock',
    );
    fc.assert(
      fc.property(paths, fc.array(parts, { maxLength: 50 }), (path, text) => {
        toldDifferences(lockFile, undefined, text.join(''), { path });
      }),
    );
    for (const path of ['pnpm-lock.yaml', 'yarn.lock', 'uv.lock', 'requirements.txt', 'go.mod', 'Gemfile.lock'])
      for (const hostile of [
        '- '.repeat(200_000),
        `a==1${' '.repeat(200_000)}x`,
        '"'.repeat(200_000),
        `lockfileVersion: 6\npackages:\n  /a@${'1('.repeat(100_000)}:\n`,
      ])
        toldDifferences(lockFile, undefined, hostile, { path });
  }, 30_000);
});

describe('versionStep', () => {
  it.each([
    ['1.0.0', '2.0.0', 'major', false],
    ['1.0.0', '1.0.1', 'patch', false],
    ['v1.9', 'v1.10', 'minor', false],
    ['2.0.0-rc.1', '2.0.0', 'prerelease', false],
    ['2.0.0', '2.0.0-rc.1', 'prerelease', true],
    ['2.0.0-rc.10', '2.0.0-rc.9', 'prerelease', true],
    ['v0.0.0-20260401024825-9d38bb4040a9', 'v0.0.0-20260414002931-afd174a4e478', 'commit', false],
    ['5.0rc1', '5.0', 'prerelease', false],
    ['1.2.3.4', '1.2.3.5', 'patch', false],
  ])('%s → %s', (before, after, level, isDowngrade) => {
    expect(versionStep(before, after)).toEqual({ level, isDowngrade });
  });

  it('says nothing of what is no version', () => {
    expect(versionStep('dev-main', '1.0.0')).toBeUndefined();
    expect(['b', '10.0.0', '9.0.0', 'a'].sort(compareVersions)).toEqual(
      ['10.0.0', '9.0.0', 'a', 'b'].sort(compareVersions),
    );
  });
});
