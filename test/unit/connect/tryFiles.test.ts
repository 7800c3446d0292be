import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tryFiles } from '../../../src/connect/sources/tryFiles.ts';

it.runIf(process.platform === 'linux')(
  'a device in the place of an OpenSLO file is not read: it has no end',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mayday-'));
    try {
      await mkdir(join(folder, 'slo'));
      await symlink('/dev/zero', join(folder, 'slo/a.yaml'));
      await writeFile(join(folder, 'slo/b.yaml'), 'apiVersion: openslo/v1\nkind: SLO\n');
      const { signal } = new AbortController();
      const tried = await tryFiles({ kind: 'openslo', folder, globs: ['slo/*.yaml', '/dev/zero'] }, signal);
      expect(tried.text).toBe('match 3 files, 1 objective');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
