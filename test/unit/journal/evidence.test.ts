import { readdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Of } from '../../../src/journal/eventLine.ts';
import type { JournalHandle } from '../../../src/journal/journalHandle.ts';
import type { JournalFixture } from '../../support/builders/journal.ts';
import { declareIn, journalFixture } from '../../support/builders/journal.ts';

let fixture: JournalFixture;
let incident: JournalHandle;

beforeEach(async () => {
  fixture = await journalFixture();
  incident = await declareIn(await fixture.window({ redact: (text) => text.replace('hunter2', '[redacted]') }));
});
afterEach(() => fixture.remove());

describe('evidence', () => {
  it('is stored under its hash, text redacted, bytes as they are', async () => {
    const text = await incident.keepEvidence('log.txt', 'password hunter2');
    const bytes = await incident.keepEvidence('dump.bin', Buffer.from('hunter2'));
    expect(text).toEqual({ sha256: sha256Of('password [redacted]'), name: 'log.txt', bytes: 19 });
    expect(await readFile(join(incident.directory, 'evidence', text.sha256), 'utf8')).toBe('password [redacted]');
    expect(Buffer.from(await incident.readEvidence(bytes)).toString()).toBe('hunter2');
    expect((await readdir(join(incident.directory, 'evidence'))).sort()).toEqual([text.sha256, bytes.sha256].sort());
  });

  it('is stored once, and again when what is there is not what it should be', async () => {
    const ref = await incident.keepEvidence('a.txt', 'content');
    await Promise.all([1, 2, 3].map(() => incident.keepEvidence('b.txt', 'content')));
    const path = join(incident.directory, 'evidence', ref.sha256);
    await writeFile(path, 'CONTENT');
    await expect(incident.readEvidence(ref)).rejects.toMatchObject({ reason: 'notFound' });
    await incident.keepEvidence('a.txt', 'content');
    expect(await readFile(path, 'utf8')).toBe('content');
    expect(await readdir(join(incident.directory, 'evidence'))).toEqual([ref.sha256]);
  });

  it.each([
    ['leads out of the folder', '../../../../etc/passwd'],
    ['is no hash', 'A'.repeat(64)],
    ['is of nothing here', 'a'.repeat(64)],
  ])('is not found when the reference %s', async (_what, sha256) => {
    await expect(incident.readEvidence({ sha256, name: 'x', bytes: 1 })).rejects.toMatchObject({ reason: 'notFound' });
  });

  it('is not read through a link', async () => {
    const ref = await incident.keepEvidence('a.txt', 'content');
    const path = join(incident.directory, 'evidence', ref.sha256);
    await writeFile(join(fixture.base, 'outside'), 'content');
    await unlink(path);
    await symlink(join(fixture.base, 'outside'), path);
    await expect(incident.readEvidence(ref)).rejects.toMatchObject({ reason: 'notFound' });
  });

  it.each([
    ['../../up.txt', 'up.txt'],
    ['C:\\temp\\a?.log', 'C-temp-a-.log'],
    [' .. ', 'evidence'],
    ['diff-3f2a1b.patch', 'diff-3f2a1b.patch'],
  ])('has a name that is safe everywhere: %j gives %j', async (name, safe) => {
    expect((await incident.keepEvidence(name, 'x')).name).toBe(safe);
  });

  it('refuses what is a copy of a system', async () => {
    const huge = Buffer.alloc(64 * 1024 * 1024 + 1);
    await expect(incident.keepEvidence('huge', huge)).rejects.toMatchObject({ reason: 'invalidArgument' });
  });
});
