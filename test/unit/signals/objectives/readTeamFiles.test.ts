import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTeamFiles } from '../../../../src/signals/objectives/readTeamFiles.ts';
import type { TemporaryFolder } from '../../../support/temporaryFolder.ts';
import { createTemporaryFolder } from '../../../support/temporaryFolder.ts';

let folder: TemporaryFolder;
let outside: TemporaryFolder;
const signal = new AbortController().signal;

async function write(path: string, text = path): Promise<void> {
  const file = join(folder.path, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

beforeAll(async () => {
  [folder, outside] = await Promise.all([createTemporaryFolder('slo-'), createTemporaryFolder('elsewhere-')]);
  for (const path of ['slo/a.yaml', 'slo/b.yml', 'slo/deep/c.yaml', 'd.yaml', 'node_modules/e.yaml', '.git/f.yaml']) {
    await write(path);
  }
  await write('large/a.yaml', 'x'.repeat(256 * 1024 + 1));
  await writeFile(join(outside.path, 'secret.yaml'), 'secret');
  await mkdir(join(folder.path, 'links'));
  await symlink(join(outside.path, 'secret.yaml'), join(folder.path, 'links/out.yaml'));
  await symlink(join(folder.path, 'd.yaml'), join(folder.path, 'links/in.yaml'));
  for (let index = 0; index < 210; index += 1) await write(`many/${String(index).padStart(3, '0')}.yaml`, 'a: 1');
});
afterAll(() => Promise.all([folder.remove(), outside.remove()]));

const read = async (...globs: string[]) => {
  const { files, problems } = await readTeamFiles(folder.path, globs, signal);
  return { paths: files.map(({ path }) => path), problems };
};

describe('the files that globs mean', () => {
  it.each([
    [['slo/*.yaml'], ['slo/a.yaml']],
    [['./slo/**/*.{yaml,yml}'], ['slo/a.yaml', 'slo/b.yml', 'slo/deep/c.yaml']],
    [
      ['d.yaml', 'slo/a.yaml', 'slo/a.*'],
      ['d.yaml', 'slo/a.yaml'],
    ],
    [['**/[cdef].yaml'], ['d.yaml', 'slo/deep/c.yaml']],
  ])('%j', async (globs, paths) => {
    expect(await read(...globs)).toEqual({ paths, problems: [] });
  });

  it('have their text', async () => {
    const { files } = await readTeamFiles(folder.path, ['d.yaml'], signal);
    expect(files).toEqual([{ path: 'd.yaml', text: 'd.yaml' }]);
  });

  it.each([
    ['../*.yaml', '../*.yaml', 'inside the folder'],
    ['/etc/*.yaml', '/etc/*.yaml', 'inside the folder'],
    ['slo/*.toml', 'slo/*.toml', 'No file of the folder fits'],
    ['gone/*.yaml', 'gone', 'cannot be read'],
    ['gone.yaml', 'gone.yaml', 'cannot be read'],
    ['slo', 'slo', 'is no file'],
    ['large/*.yaml', 'large/a.yaml', 'more than the 256 KB'],
    ['links/out.yaml', 'links/out.yaml', 'leads out of the folder'],
  ])('%s is told', async (glob, path, message) => {
    expect(await read(glob)).toEqual({
      paths: [],
      problems: [{ path, message: expect.stringContaining(message) as string }],
    });
  });

  it('links inside the folder are read', async () => {
    expect((await read('links/*.yaml')).paths).toEqual(['links/in.yaml']);
  });

  it('at most 200, and the rest is told', async () => {
    const { paths, problems } = await read('many/*.yaml');
    expect(paths).toHaveLength(200);
    expect(problems).toEqual([
      { path: 'many/*.yaml', message: '210 files are meant, and only the first 200 are read.' },
    ]);
  });

  it('can be cancelled', async () => {
    await expect(readTeamFiles(folder.path, ['slo/*.yaml'], AbortSignal.abort())).rejects.toMatchObject({
      reason: 'cancelled',
    });
  });
});
