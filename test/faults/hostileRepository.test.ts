import {
  existsSync,
  openSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../src/editor/rows/row.ts';
import { createIncidentsModel } from '../../src/editor/views/incidentsModel.ts';
import type { Investigation } from '../../src/investigate/investigate.ts';
import type { Services } from '../../src/services.ts';
import { createServices } from '../../src/services.ts';
import type { TestRepository } from '../support/builders/repository.ts';
import { createRepository } from '../support/builders/repository.ts';
import { flattened } from '../support/builders/sampleRows.ts';
import { choiceMemory } from '../support/builders/choiceMemory.ts';

const now = '2026-11-23T07:00:00.000Z';
const megabyte = 1024 * 1024;
const secret = 'hunter2-very-secret-indeed';
const hostileSubject =
  '\u001b[2J\u001b]8;;http://evil.example\u0007[Fix](command:workbench.action.quit) **now** `$(reboot)` \u202egnp\u2066';
const levels = 'abcdefghijkl'.split('');
/** Ten to the power of twelve scalars, for whoever follows its aliases. */
const bomb = levels
  .map(
    (name, level) =>
      `${name}: &${name} [${Array(10)
        .fill(level === 0 ? '"lol"' : `*${levels[level - 1] ?? ''}`)
        .join(', ')}]`,
  )
  .join('\n');
const oddNames = [
  'config/--output=pwned.yaml',
  '-rf.env',
  'config/line\nend.yaml',
  'config/"quoted" \'name\'.json',
  'config/\u001b[31mred\u202e.toml',
  'config/[x](command:workbench.action.quit).yaml',
  'config/$(touch pwned).ini',
  'config/ %2e%2e .properties',
];

let origin: TestRepository;
let clone: TestRepository;
let storage: string;
let services: Services;
let found: Investigation;
let rows: readonly Row[];

/** A day ago all was well; within the last hour everything came that people and programs have put into repositories. */
function commitHistory(repository: TestRepository): void {
  const at = (minute: number) => `2026-11-23T06:${String(minute).padStart(2, '0')}:00Z`;
  const settled = Object.fromEntries(oddNames.map((name) => [name, 'a=1\n']));
  const files = { ...settled, 'config/app.yaml': 'timeout: 30s\n', 'config/bomb.yaml': 'a: 1\n', 'src/a.js': '' };
  repository.commit({ at: '2026-11-22T06:00:00Z', message: 'Begin', files });
  repository.commit({
    at: at(1),
    message: `${hostileSubject}\n\n${hostileSubject}`,
    author: '[Eve](command:x)\u202e <eve@example.org>',
    files: { 'config/app.yaml': 'timeout: 3s\n' },
  });
  repository.commit({ at: at(2), message: `Long ${'x'.repeat(megabyte)}`, files: { 'src/b.js': '1\n' } });
  repository.commit({ at: at(3), message: 'y\n'.repeat(megabyte / 2), files: { 'src/b.js': '2\n' } });
  repository.commit({ at: at(4), message: '', files: { 'src/b.js': '3\n' } });
  repository.commit({
    at: at(5),
    message: 'Odd names',
    files: Object.fromEntries(oddNames.map((name) => [name, 'a=2\n'])),
  });
  const noText = Buffer.concat([
    Buffer.from(`${repository.directory}/config/no-utf8-`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('.yaml'),
  ]);
  // Other systems than Linux refuse such a name.
  if (process.platform === 'linux') writeFileSync(noText, 'a: 1\n');
  repository.commit({ at: at(6), message: 'A name that is no UTF-8' });
  repository.commit({ at: at(7), message: 'A bomb', files: { 'config/bomb.yaml': `${bomb}\n` } });
  writeHuge(join(repository.directory, 'config/huge.yaml'));
  repository.commit({ at: at(8), message: 'A large diff' });
  repository.commit({
    at: at(9),
    message: `Log in with password=${secret}`,
    files: { '.env': `DATABASE_PASSWORD=${secret}\n`, 'config/db.yaml': `password: ${secret}\n` },
  });
  const read = 'const a = process.env.NEVER_SET_ANYWHERE;\n';
  repository.commit({ at: at(10), message: 'Read a variable', files: { 'src/\u001b[31m`[x](command:y)`.js': read } });
}

function writeHuge(path: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  const block = 'some.key.that.is.long: some value that is long as well, and a little more of it\n'.repeat(13_000);
  const file = openSync(path, 'w');
  for (let written = 0; written < 200 * megabyte; written += block.length) writeSync(file, block);
  closeSync(file);
}

async function open(folder: string, globalStorage: string): Promise<Services> {
  const quiet = () => undefined;
  return createServices({
    globalStorage,
    templatesDirectory: join(import.meta.dirname, '..', '..', 'templates'),
    host: {
      clock: { now: () => now },
      log: { info: quiet, warn: quiet, error: quiet },
      isTrusted: () => true,
      secrets: { get: () => Promise.resolve(undefined), githubToken: () => Promise.resolve(undefined) },
      confirm: () => Promise.resolve(false),
    },
    windowChoices: choiceMemory(),
    confirmedAddresses: { read: () => [], write: () => Promise.resolve() },
    machine: 'laptop',
    folders: () => [folder],
    directoryOf: () => '.incidents',
    configuredPerson: () => 'Ada <ada@example.org>',
    zone: () => 'UTC',
  });
}

const wordsOf = ({ label, description = '', aria = '' }: Row) => `${label} ${description} ${aria}`;
const rowWith = (text: string) => rows.find((row) => wordsOf(row).includes(text));
const recorded = async () => {
  const [summary] = services.store.list();
  const { state } = await services.store.open(summary!.id);
  return state;
};

// Windows has no files of such names.
describe.skipIf(process.platform === 'win32')('a hostile repository', () => {
  beforeAll(async () => {
    origin = createRepository();
    commitHistory(origin);
    clone = origin.clone();
    for (const name of ['--output=pwned', '--upload-pack=touch pwned', '-x'].map((ref) =>
      ref.replaceAll(' ', '\u00a0'),
    )) {
      for (const kind of ['heads', 'tags', 'remotes/origin']) clone.git('update-ref', `refs/${kind}/${name}`, 'HEAD');
    }
    storage = mkdtempSync(join(tmpdir(), 'mayday-hostile-'));
    services = await open(clone.directory, storage);
    const { useCases, context } = services;
    const signal = new AbortController().signal;
    const declared = useCases.declareIncident.args.parse({
      title: 'Checkout down',
      severity: 'SEV1',
      impactStart: '2026-11-23T06:30:00.000Z',
    });
    await useCases.declareIncident.run(declared, context, signal);
    found = await useCases.investigate.run(useCases.investigate.args.parse({}), context, signal);
    const model = createIncidentsModel({
      store: services.store,
      clock: context.host.clock,
      log: context.host.log,
      zone: () => 'UTC',
      draftsOf: services.draftsOf,
      listedOf: services.listedOf,
      configurationListOf: services.configurationListOf,
      deployedOf: services.deployedOf,
    });
    await model.refresh();
    rows = flattened(model.rows());
  }, 300_000);

  afterAll(async () => {
    await services.dispose();
    origin.dispose();
    rmSync(storage, { recursive: true, force: true });
  });

  it('is investigated all the same', async () => {
    expect(found.commits).toHaveLength(10);
    expect(found.checks.slice(0, 2).map(({ check, verdict, manual }) => [check, verdict, manual])).toEqual([
      ['deployments', 'suspicious', false],
      ['configuration', 'suspicious', false],
    ]);
    const { configuration } = (await recorded()).checks;
    expect(configuration?.evidence.map(({ name }) => name)).toEqual(['configuration-changes.json']);
  });

  it('shows nothing that could act on whoever reads it', () => {
    for (const row of rows) {
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      expect(wordsOf(row)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      // eslint-disable-next-line no-control-regex -- but for the ends of its own lines
      expect(row.tooltip ?? '').not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('shows each row by an id of its own, with a command of ours or none', () => {
    const ids = rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { command } of rows) if (command !== undefined) expect(command.id).toMatch(/^mayday\./);
  });

  it('cuts what is long', () => {
    for (const { label, description = '', tooltip = '' } of rows) {
      expect(label.length).toBeLessThan(400);
      expect(description.length).toBeLessThan(600);
      expect(tooltip.length).toBeLessThan(4000);
    }
    expect(rowWith('Long xxxx')?.label).toMatch(/^Long x{100,}…$/);
    expect(JSON.stringify(found).length).toBeLessThan(megabyte);
  });

  it('shows no credential, and keeps none', async () => {
    expect(rows.filter((row) => JSON.stringify(row).includes(secret))).toEqual([]);
    expect(JSON.stringify(found)).not.toContain(secret);
    for (const { evidence } of Object.values((await recorded()).checks))
      expect(JSON.stringify(evidence)).not.toContain(secret);
    const record = join(clone.directory, '.git', 'mayday');
    const files = readdirSync(record, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const { parentPath, name } of files) {
      const { readFileSync, statSync } = await import('node:fs');
      const path = join(parentPath, name);
      expect(statSync(path).size, path).toBeLessThan(8 * megabyte);
      expect(readFileSync(path, 'utf8'), path).not.toContain(secret);
    }
  });

  it.each([
    ['a difference in meaning', 'timeout: 30s → 3s'],
    ['a message as the text it is', '[Fix](command:workbench.action.quit) **now**'],
    ['a commit without a message', '(no message)'],
    ['an odd name', '--output=pwned.yaml'],
    ['a name that is a link in other places', '[x](command:workbench.action.quit).yaml'],
    ['a name with a line end', 'line end.yaml'],
    ['a variable that nobody sets', 'env NEVER_SET_ANYWHERE newly read'],
    ['a file that cannot be read in its format', 'bomb.yaml'],
  ])('shows %s', (_what, text) => {
    expect(rowWith(text), rows.map(wordsOf).join('\n')).toBeDefined();
  });

  it('says of a bomb and of a huge file that they were not compared in meaning', () => {
    expect(wordsOf(rowWith('huge.yaml')!)).toMatch(/too large|larger than/);
    expect(wordsOf(rowWith('bomb.yaml')!)).toMatch(/in lines: |alias/);
  });

  it('takes no ref and no file name for an option', () => {
    for (const place of [clone.directory, join(clone.directory, '.git'), origin.directory, process.cwd()]) {
      expect(readdirSync(place).filter((name) => name.startsWith('pwned'))).toEqual([]);
    }
    expect(existsSync(join(clone.directory, 'config', 'pwned'))).toBe(false);
  });
});
