import { describe, expect, it, vi } from 'vitest';
import type { ReadVersions } from '../../../../src/changes/configuration/compareVersions.ts';
import { compareVersions } from '../../../../src/changes/configuration/compareVersions.ts';
import type { Content } from '../../../../src/changes/configuration/readsVersions.ts';
import { configurationFormats } from '../../../../src/changes/configuration/configurationFormats.ts';
import { differenceText } from '../../../../src/changes/configuration/difference.ts';

vi.setConfig({ testTimeout: 60_000 });

const formats = configurationFormats({ featureFlags: [], zoneFiles: [] });

function compare(path: string, before: Content | string, after: Content | string) {
  const content = (one: Content | string): Content => (typeof one === 'string' ? { kind: 'text', text: one } : one);
  const file: ReadVersions = {
    ...{ status: 'modified', path, isLink: false, beside: new Map() },
    ...{ before: content(before), after: content(after) },
  };
  return compareVersions(file, formats);
}

function told(path: string, before: Content | string, after: Content | string): readonly string[] {
  return compare(path, before, after).differences.map(differenceText);
}

/** One of each kind that may read what it is given. */
const paths = [
  '.env',
  'config/app.yaml',
  'api.yml',
  'my.cnf',
  'deploy/api.yaml',
  'chart/values.yaml',
  'chart/templates/api.yaml',
  'kustomization.yaml',
  'docker-compose.yml',
  'Dockerfile',
  '.github/workflows/ci.yml',
  'config/app.json',
  'config/app.jsonc',
  'config/app.toml',
  'config/app.ini',
  'config/app.properties',
  'infra/main.tf',
  'nginx.conf',
  'flags.flagd.json',
  'config/flags.json',
  'example.org.zone',
  'migrations/0001_users.sql',
  'db/migrate/20260101000000_users.rb',
  'app/migrations/0001_users.py',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'poetry.lock',
  'go.sum',
  'Cargo.lock',
  'config/any.xml',
];

const bomb = [
  'a: &a ["x","x","x","x","x","x","x","x","x","x"]',
  ...Array.from('bcdefghi', (name, index) => `${name}: &${name} [${`*${'abcdefgh'.charAt(index)},`.repeat(9)}*a]`),
].join('\n');

const texts: Readonly<Record<string, string>> = {
  'an alias bomb': bomb,
  'deep nesting of lists': `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  'deep nesting of objects': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  'deep indentation': Array.from({ length: 2000 }, (_none, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'one long line': 'a = '.repeat(30_000),
  'many spaces': `${' '.repeat(100_000)}x`,
  'open quotes': `a: "${'\\"'.repeat(20_000)}`,
  nothing: '',
  'only line ends': '\n'.repeat(50_000),
  'names of prototypes': '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  'prototypes in YAML': '__proto__:\n  polluted: 1\nconstructor:\n  prototype: { polluted: 1 }\n',
  'tags that make objects': 'a: !!js/function "function () { return 1 }"\nb: !!python/object/apply:os.system ["id"]\n',
  'control characters': 'a: "\u001b[31mred\u0007\u202e"\nb=\u0000\n',
  'carriage returns': 'a: 1\rb: 2\r\nc: 3\r',
};

describe.each(paths)('hostile text in %s', (path) => {
  it.each(Object.entries(texts))('%s is told or said not to be readable, before and after', (_name, text) => {
    for (const [before, after] of [
      ['a: 1\n', text],
      [text, 'a: 1\n'],
      [text, `${text}\nb: 2\n`],
    ] as const) {
      const compared = compare(path, before, after);
      expect(compared.differences.length + compared.more).toBeLessThan(200_000);
      expect(compared.differences.length).toBeLessThanOrEqual(100);
      for (const difference of compared.differences) {
        const line = differenceText(difference);
        expect(line.length).toBeLessThan(1500);
        // eslint-disable-next-line no-control-regex -- these are what must not be there
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('what cannot be compared', () => {
  it.each<readonly [string, Content, string]>([
    ['binary', { kind: 'binary', bytes: 2048 }, 'binary file: 5 bytes → 2.0 KB'],
    ['too large', { kind: 'tooLarge', bytes: 200 * 1024 * 1024 }, 'too large to compare: 5 bytes → 200.0 MB'],
    ['not fetched', { kind: 'notFetched' }, 'differs, in what is not known'],
  ])('%s is said with its size', (_name, content, text) => {
    const compared = compare('config/app.yaml', 'a: 1\n', content);
    expect(compared.differences.map(differenceText)).toEqual([text]);
    expect(compared.insteadBecause).toMatch(/\w/);
  });

  it('a file that does not parse is told in lines, with the line of the mistake and no value of it', () => {
    const compared = compare(
      'config/app.json',
      '{ "a": 1,\n "password": "hunter2x" }',
      '{ "a": 2,\n "password": "hunter2x" ',
    );
    expect(compared.insteadBecause).toMatch(/^does not parse: line \d+/);
    expect(compared.insteadBecause).not.toContain('hunter2x');
    expect(compared.differences.map(differenceText)).toContain('line 1: { "a": 1, → { "a": 2,');
  });

  it.each(['test/a.conf', 'test/a.cfg', 'test/a.json', 'zones/example.org', 'test/versions/a.py'])(
    '%s of 2 MB is seen at once to be none: the editor waits meanwhile',
    (path) => {
      for (const part of ['\n', '\t \n', ' ', 'http:\n\n', 'a 1 IN 1 \n', 'op.']) {
        const text = part.repeat(2_000_000 / part.length);
        const start = performance.now();
        expect(compare(path, text, `${text}x`).isOther).toBe(true);
        expect(performance.now() - start).toBeLessThan(500);
      }
    },
  );

  it('order, formatting and comments alone are silent', () => {
    expect(told('config/app.json', '{"a":1,"b":2}', '{\n  "b": 2,\n  "a": 1\n}\n')).toEqual([]);
    expect(told('config/app.yaml', 'a: 1\nb: "2"\n', "# why\nb: '2'\na: 1\n")).toEqual([]);
  });
});
