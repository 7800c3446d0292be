import { openSync, closeSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { differenceText } from '../../../src/changes/configuration/difference.ts';
import { createCompareFiles } from '../../../src/connect/compareInWorker.ts';
import { createGit } from '../../../src/connect/git.ts';
import { createConfigurationCheck } from '../../../src/investigate/configuration/configurationCheck.ts';
import { parseConfigurationEvidence } from '../../../src/investigate/configuration/configurationEvidence.ts';
import type { ListedConfigurationFile } from '../../../src/investigate/configuration/listedConfiguration.ts';
import { justDeclared } from '../../support/builders/state.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { changesSight, windowNow } from '../../support/builders/windowChanges.ts';

vi.setConfig({ testTimeout: 60_000 });

let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

/** What check 2 keeps of the files between a commit and HEAD, and the sentence that it tells. */
async function check(
  base: string,
): Promise<{ files: readonly ListedConfigurationFile[]; summary: string; json: string }> {
  const run = createConfigurationCheck({
    versions: createGit({ environment: repository.environment }),
    compare: createCompareFiles(),
    configurationOf: () => Promise.resolve({ services: [], changes: { featureFlags: [], zoneFiles: [] } }),
    sources: [],
  });
  const context = { state: justDeclared(), now: windowNow };
  const result = await run.run([changesSight(repository, base)], context, new AbortController().signal);
  const json = result.evidence[0]?.text ?? '';
  return {
    files: parseConfigurationEvidence(json)?.repositories[0]?.deployed?.files ?? [],
    summary: result.summary,
    json,
  };
}

describe('hostile changes', () => {
  it('a file of 200 MB is cut and said, and the others are told', async () => {
    const base = repository.commit({ files: { 'config/app.yaml': 'a: 1\n', 'config/huge.yaml': 'a: 1\n' } });
    const block = Buffer.from('key: value\n'.repeat(100_000));
    const file = openSync(join(repository.directory, 'config/huge.yaml'), 'w');
    for (let written = 0; written < 200 * 1024 * 1024; written += block.length) writeSync(file, block);
    closeSync(file);
    repository.git('config', 'core.compression', '1');
    repository.commit({ files: { 'config/app.yaml': 'a: 2\n' } });
    const { files } = await check(base);
    const shown = files.map(({ path, differences }) => [path, differences.map(differenceText)]);
    expect(Object.fromEntries(shown)).toEqual({
      'config/app.yaml': ['a: 1 → 2'],
      'config/huge.yaml': [expect.stringMatching(/^too large to compare: 5 bytes → 20\d\.\d MB$/)],
    });
  });

  it('names with line ends, quotes, dashes and backslashes are told as they are, harmless in a line', async () => {
    const names = [
      'config/--output=x.yaml',
      'config/a\nb.yaml',
      'config/"q".yaml',
      "config/it's $(id).yaml",
      'config/\\back.yaml',
    ];
    const base = repository.commit({ files: Object.fromEntries(names.map((name) => [name, 'a: 1\n'])) });
    repository.commit({ files: Object.fromEntries(names.map((name) => [name, 'a: 2\n'])) });
    const { files, summary } = await check(base);
    expect(files.map(({ path }) => path).sort()).toEqual([...names].sort());
    expect(files.every(({ differences }) => differences.map(differenceText).join() === 'a: 1 → 2')).toBe(true);
    expect(summary).not.toContain('\n');
  });

  it('messages with escapes, links and credentials end in no sentence and in no evidence as they are', async () => {
    const password = 'correct-horse-7battery';
    const base = repository.commit({ files: { 'config/app.yaml': `a: 1\npassword: ${password}\n` } });
    repository.commit({
      message: `\u001b[31mred\u001b[0m [x](command:rm) password=${password}x ${'long '.repeat(200_000)}`,
      files: { 'config/app.yaml': `a: "\u001b[31m[x](command:rm)"\npassword: ${password}x\n` },
    });
    const { json, summary, files } = await check(base);
    expect(json).not.toContain(password);
    expect(json.length).toBeLessThan(5000);
    expect(summary).not.toContain('\u001b');
    expect(files[0]?.differences.map(differenceText)[0]).toContain('\\u{1b}[31m');
  });

  it('a YAML bomb and a binary file are said, in time', async () => {
    const bomb = ['a: &a ["x","x","x","x","x","x","x","x"]'];
    for (const [index, name] of Array.from('bcdefghi').entries()) {
      const before = 'abcdefgh'.charAt(index);
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`);
    }
    const base = repository.commit({ files: { 'config/app.yaml': 'a: 1\n', 'config/blob.yaml': 'a: 1\n' } });
    repository.commit({ files: { 'config/app.yaml': bomb.join('\n'), 'config/blob.yaml': 'a\u0000b' } });
    const { files } = await check(base);
    expect(files.map(({ path, insteadBecause }) => [path, insteadBecause])).toEqual(
      expect.arrayContaining([
        ['config/app.yaml', expect.stringMatching(/does not parse|could not be read/)],
        ['config/blob.yaml', 'no text'],
      ]),
    );
  });
});
