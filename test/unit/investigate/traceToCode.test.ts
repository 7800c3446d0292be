import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkFile } from '../../../src/changes/stackTrace/readWorkFile.ts';
import type { WindowChanges } from '../../../src/changes/history/windowChanges.ts';
import { createGit } from '../../../src/connect/git.ts';
import { createLineHistory } from '../../../src/connect/gitLineHistory.ts';
import type { ChangesSight } from '../../../src/investigate/window/changesSight.ts';
import { changeWindow } from '../../../src/investigate/window/changeWindow.ts';
import type { InvestigatedLines } from '../../../src/investigate/code/investigateLine.ts';
import { createInvestigateLine } from '../../../src/investigate/code/investigateLine.ts';
import type { TracedCode } from '../../../src/investigate/code/traceToCode.ts';
import { createTraceToCode } from '../../../src/investigate/code/traceToCode.ts';
import { placeText } from '../../../src/investigate/code/tracedCode.ts';
import { declareIncident } from '../../../src/respond/declareIncident.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext } from '../../support/builders/context.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { arrivalsBetween } from '../../support/builders/windowChanges.ts';

let repository: TestRepository;
let context: TestContext;
let sights: ChangesSight[];

beforeEach(async () => {
  repository = createRepository();
  context = await createTestContext();
  await context.run(declareIncident, { title: 'Checkout down', severity: 'SEV1' });
  sights = [];
});

afterEach(async () => {
  await context.dispose();
  repository.dispose();
});

function sight(change: Partial<WindowChanges>): ChangesSight {
  const window = changeWindow({ impactStart: undefined, detected: context.now, now: context.now, minutes: 240 });
  const changes: WindowChanges = {
    repository: repository.directory,
    ref: {
      ...{
        ref: 'refs/remotes/origin/main',
        name: 'origin/main',
        kind: 'remoteDefault',
        commit: change.head,
        hasRemote: true,
      },
      fetched: { kind: 'unknown', reason: 'a test' },
    },
    running: { kind: 'unknown', reason: 'nothing tells' },
    ...{ base: undefined, head: undefined, groups: [], pending: [], isShallow: false, isCut: false },
    ...change,
  };
  return { kind: 'seen', folder: repository.directory, window, changes };
}

function tools() {
  const git = createGit({ environment: repository.environment });
  return {
    lines: createLineHistory({ environment: repository.environment }),
    readFile: (root: string, revision: string, path: string) => git.readFile(root, revision, path),
    readWorkFile,
    sightsOf: () => Promise.resolve(sights),
  };
}

const trace = (text: string, signal?: AbortSignal): Promise<TracedCode> =>
  context.run(createTraceToCode(tools()), { text }, signal);
const investigate = (args: object): Promise<InvestigatedLines> => context.run(createInvestigateLine(tools()), args);

/** `place: subject, in the window`, or what is known instead. */
function frames({ errors }: TracedCode): readonly string[] {
  return errors.flatMap(({ frames: list }) =>
    list.map((frame) => {
      const { standing, place } = frame;
      if (place.kind !== 'repository') return place.kind;
      if (standing === undefined) return `${placeText(frame) ?? ''}: no line`;
      if (standing.kind !== 'known') return `${placeText(frame) ?? ''}: ${standing.reason}`;
      return `${placeText(frame) ?? ''}: ${standing.subject}${standing.inWindow ? ', in the window' : ''}`;
    }),
  );
}

async function findings() {
  const { state } = await context.store.open(context.store.list()[0]!.id);
  return state.findings;
}

const stack = (...lines: readonly string[]): string =>
  ['TypeError: x is not a function', ...lines.map((line) => `    at ${line}`)].join('\n');

describe('a trace in code', { timeout: 60_000 }, () => {
  it('tells who last changed each line, and what of it came within the window', async () => {
    const base = repository.commit({
      message: 'Begin',
      files: { 'src/cart.js': 'one\ntwo\nthree\n', 'src/main.js': 'm\n' },
    });
    const head = repository.commit({
      message: 'Change two',
      files: { 'src/cart.js': 'one\nTWO\nthree\n' },
      author: 'Ada Lovelace <ada@example.org>',
    });
    repository.commit({ message: 'Not deployed', files: { 'src/cart.js': 'x\ny\none!\nTWO!\nthree!\n' } });
    sights = [sight({ base, head })];

    const traced = await trace(
      stack(
        'add (/app/src/cart.js:2:5)',
        'all (/app/src/cart.js:3:1)',
        'run (/app/node_modules/x/y.js:1:1)',
        'main (/app/src/main.js:1:1)',
        'gone (/app/src/main.js:9:1)',
      ),
    );

    expect(frames(traced)).toEqual([
      'src/cart.js:2: Change two, in the window',
      'src/cart.js:3: Begin',
      'library',
      'src/main.js:1: Begin',
      'src/main.js:9: src/main.js has only 1 lines in the revision that is taken for the running one: another one may have been running.',
    ]);
    expect(traced.errors[0]?.frames[0]).toMatchObject({
      revision: head,
      code: 'TWO',
      standing: { author: 'Ada Lovelace' },
    });
    expect(traced).toMatchObject({
      language: 'javascript',
      unseen: [],
      revisions: [{ revision: head, isAssumed: true }],
    });
    expect(JSON.parse(JSON.stringify(traced))).toEqual(traced);
  });

  it('says which of its lines were changed after impact began', async () => {
    const base = repository.commit({ files: { 'src/a.js': 'one\ntwo\n', 'src/b.js': 'one\n' } });
    const before = repository.commit({ message: 'Before', files: { 'src/a.js': 'ONE\ntwo\n' } });
    const head = repository.commit({ message: 'Fix', files: { 'src/a.js': 'ONE\nTWO\n', 'src/b.js': 'ONE\n' } });
    const arrivals = arrivalsBetween(repository, base, head).map((arrival) => ({
      ...arrival,
      afterImpactStart: arrival.commit.id !== before,
    }));
    sights = [sight({ base, head, groups: [{ deploy: undefined, arrivals }] })];
    await trace(stack('a (/app/src/a.js:1:1)', 'b (/app/src/a.js:2:1)', 'c (/app/src/b.js:1:1)'));
    const [finding] = await findings();
    expect(finding?.text).toMatch(
      /src\/a\.js:1 by \w{8} Before; src\/a\.js:2 by \w{8} Fix \(last changed after impact began\); src\/b\.js:1 by \w{8} Fix \(changed after impact began\)$/,
    );
  });

  it('becomes a finding of the log check, once, redacted, with its first frame as the place', async () => {
    const base = repository.commit({ files: { 'src/cart.js': 'one\n' } });
    const head = repository.commit({ message: 'Break it', files: { 'src/cart.js': 'two\n' } });
    sights = [sight({ base, head })];
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    const text = `TypeError: key ${secret} refused\n    at run (node:vm:1:1)\n    at add (/app/src/cart.js:1:1)`;

    const first = await trace(text);
    const again = await trace(text);

    expect(again.finding).toBe(first.finding);
    const [finding, ...others] = await findings();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ id: first.finding, check: 'logs', place: 'src/cart.js:1', revision: head },
      evidence: [{ name: 'stack-trace.txt' }],
    });
    expect(finding?.text).toMatch(
      /^TypeError: key \[redacted .*\] refused at add \(src\/cart\.js:1\)\. Changed in the change window: src\/cart\.js:1 by [0-9a-f]{8} Break it$/,
    );
    const handle = await context.store.open(first.incident);
    const kept = readFileSync(join(handle.directory, 'evidence', finding?.evidence?.[0]?.sha256 ?? ''), 'utf8');
    expect(kept).toContain('at add (/app/src/cart.js:1:1)');
    expect(kept + JSON.stringify(first)).not.toContain(secret);

    expect((await trace(kept)).finding).toBe(first.finding);
  });

  it('is a finding where no repository can be seen, and says why', async () => {
    sights = [{ kind: 'none', folder: undefined, reason: 'Git is not installed.' }];
    const traced = await trace(stack('add (/app/src/cart.js:2:5)', 'x (node:vm:1:1)'));
    expect(frames(traced)).toEqual(['outside', 'library']);
    expect(traced.unseen).toEqual(['Git is not installed.']);
    expect((await findings())[0]).toMatchObject({
      text: 'TypeError: x is not a function. No frame of it is in the repository',
    });
    sights = [sight({ head: undefined })];
    expect((await trace(stack('other (/b.js:1:1)'))).unseen[0]).toContain('no commit yet');
  });

  it('is a finding whatever is the matter with a repository', async () => {
    const head = repository.commit({ files: { 'src/cart.js': 'one\n' } });
    const here = sight({ head, base: 'ab'.repeat(20) });
    sights = [sight({ repository: join(repository.directory, 'gone'), head }), here];
    const traced = await trace(stack('add (/app/src/cart.js:1:1)'));
    expect(traced.unseen).toEqual([expect.stringContaining('is not there (any more)')]);
    expect(traced.errors[0]?.frames[0]).toMatchObject({
      ...{ place: { path: 'src/cart.js' }, code: 'one' },
      standing: { kind: 'unknown', reason: expect.any(String) as string },
    });
    expect((await findings())[0]?.text).toContain('is unknown');
  });

  it('is found in whichever repository has it', async () => {
    const other = createRepository();
    try {
      const there = other.commit({ message: 'Other', files: { 'lib/pay.js': 'p\n' } });
      const here = repository.commit({ message: 'Here', files: { 'src/cart.js': 'c\n' } });
      sights = [sight({ head: here, base: here }), sight({ repository: other.directory, head: there })];
      const traced = await trace(stack('pay (/app/lib/pay.js:1:1)', 'add (/app/src/cart.js:1:1)'));
      expect(frames(traced)).toEqual(['lib/pay.js:1: Other, in the window', 'src/cart.js:1: Here']);
      expect(traced.errors[0]?.frames.map((frame) => frame.repository)).toEqual([
        other.directory,
        repository.directory,
      ]);
    } finally {
      other.dispose();
    }
  });

  it('of built code leads to its source through the map in the work tree', async () => {
    const head = repository.commit({
      message: 'Source',
      files: { 'src/cart.ts': 'a\nb\nc\n', '.gitignore': 'dist\n' },
    });
    mkdirSync(join(repository.directory, 'dist'));
    writeFileSync(join(repository.directory, 'dist', 'cart.js'), 'x\n//# sourceMappingURL=cart.js.map\n');
    const map = { version: 3, sources: ['../src/cart.ts'], names: [], mappings: 'AAEA' };
    writeFileSync(join(repository.directory, 'dist', 'cart.js.map'), JSON.stringify(map));
    sights = [sight({ head, base: head })];
    expect(frames(await trace(stack('add (/app/dist/cart.js:1:1)')))).toEqual(['src/cart.ts:3: Source']);
  });

  it('of Go is found by its module', async () => {
    const files = {
      'svc/go.mod': 'module acme.test/shop\n',
      'svc/cart/cart.go': 'package cart\n',
      'cart/cart.go': 'x\n',
    };
    const head = repository.commit({ message: 'Go', files });
    sights = [sight({ head, base: head })];
    const text = 'goroutine 1 [running]:\nacme.test/shop/cart.Add(0x1)\n\t/x/cart/cart.go:1 +0x1\n';
    expect(frames(await trace(text))).toEqual(['svc/cart/cart.go:1: Go']);
  });

  it('that is none says what was looked for, and records nothing', async () => {
    await expect(trace('all is well')).rejects.toMatchObject({
      reason: 'invalidArgument',
      message: 'There is no stack trace in this text.',
      hint: expect.stringContaining('Python') as string,
    });
    await expect(trace('')).rejects.toMatchObject({ reason: 'invalidArgument' });
    expect(await findings()).toEqual([]);
  });

  it('can be cancelled, and then is not recorded', async () => {
    const head = repository.commit({ files: { 'src/cart.js': 'one\n' } });
    sights = [sight({ head })];
    const stop = new AbortController();
    const traced = trace(stack('add (/app/src/cart.js:1:1)'), stop.signal);
    stop.abort();
    await expect(traced).rejects.toMatchObject({ reason: 'cancelled' });
    expect(await findings()).toEqual([]);
  });
});

describe('the history of a line', { timeout: 60_000 }, () => {
  it('tells what came within the window and what is not deployed, for a file with unsaved edits', async () => {
    const old = repository.commit({ message: 'Old', files: { 'src/a.js': 'one\ntwo\n' } });
    const head = repository.commit({ message: 'Deployed', files: { 'src/a.js': 'one\nTWO\n' } });
    const later = repository.commit({ message: 'Later', files: { 'src/a.js': 'one\nTwo!\n' } });
    sights = [sight({ base: old, head })];

    const path = join(repository.directory, 'src', 'a.js');
    const found = await investigate({ path, line: 4, text: 'new\nnew\none\nTwo!\n' });

    expect(found).toMatchObject({ repository: repository.directory, path: 'src/a.js', start: 2, end: 2, isCut: false });
    expect(found.changes.map(({ id, standing }) => [id, standing])).toEqual([
      [later, 'notDeployed'],
      [head, 'inWindow'],
      [old, 'before'],
    ]);
    expect(found.unseen).toBeUndefined();
    await expect(investigate({ path, line: 1, text: 'new\none\nTwo!\n' })).rejects.toMatchObject({
      reason: 'notFound',
    });
  });

  it('of a revision, of a selection, and without a window', async () => {
    const first = repository.commit({ files: { 'a.js': 'one\ntwo\nthree\n' } });
    repository.commit({ files: { 'a.js': 'ONE\ntwo\nTHREE\n' } });
    sights = [{ kind: 'none', folder: undefined, reason: 'Nothing to see.' }];
    const wish = { repository: repository.directory, path: 'a.js', revision: first, line: 3, endLine: 1 };
    const found = await investigate(wish);
    expect(found).toMatchObject({ start: 1, end: 3, unseen: 'Nothing to see.' });
    expect(found.changes.map(({ id, standing }) => [id, standing])).toEqual([[first, undefined]]);
  });

  it('refuses what is no place', async () => {
    repository.commit({ files: { 'a.js': 'one\n' } });
    const good = { repository: repository.directory, path: 'a.js', line: 1 };
    for (const bad of [
      { line: 0 },
      { line: 'x' },
      { path: '' },
      { revision: '--all' },
      { path: '../a' },
      { extra: 1 },
    ]) {
      await expect(investigate({ ...good, ...bad })).rejects.toMatchObject({ reason: 'invalidArgument' });
    }
    await expect(investigate({ ...good, path: 'b.js' })).rejects.toMatchObject({ reason: 'notFound' });
  });
});
