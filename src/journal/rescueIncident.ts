import { basename } from 'node:path';
import { makeIncidentDirectory, makeNumberedDirectory, removeEmptyDirectory, rootOf } from './incidentDirectory.ts';
import { moveLogs } from './incidentLogs.ts';
import { lostLines, writeBack } from './lostLines.ts';
import { followFolder } from './ownWriter.ts';
import type { Session } from './session.ts';
import { refresh, write } from './session.ts';
import { storageError } from './storageError.ts';

const kept = 'What this window knows is kept in memory.';

/** Writes back every line that this process knows and no file has, and what is pending. */
export async function restoreIncident(session: Session): Promise<void> {
  const { logs } = session;
  await refresh(session);
  if (!(await followFolder(logs, session))) await makeAgain(session, logs.directories[0] ?? '');
  await writeBackAll(session);
  const events = [...lostLines(logs, () => true), ...session.pending];
  if (events.length > 0) await write(session, events);
}

/** Goes on under another record root. What is in the old one goes on counting; when that is gone, it is written anew. */
export async function relocateIncident(session: Session, root: string): Promise<void> {
  const { logs, writer } = session;
  await refresh(session);
  const before = logs.directories;
  if (before.every((directory) => logs.gone.has(directory))) {
    await moveTo(session, root);
    await writeBackAll(session);
  } else {
    const there = before.find((directory) => rootOf(directory) === root && !logs.gone.has(directory));
    const directory = there ?? (await newDirectory(session, root));
    logs.directories = [directory, ...before.filter((other) => other !== directory)];
  }
  writer.leaveFile();
  try {
    await write(session, [...lostLines(logs, () => true), ...session.pending]);
  } catch (error) {
    const directory = logs.directories[0];
    if (directory !== undefined && !before.includes(directory)) await removeEmptyDirectory(directory);
    logs.directories = before;
    throw error;
  }
}

/** Under its old name; under a numbered one when another incident has taken that. */
async function makeAgain(session: Session, directory: string): Promise<void> {
  const isMade = await makeIncidentDirectory(directory).catch((error: unknown) => {
    throw storageError(error, directory, kept);
  });
  // Another window may have restored it a moment ago.
  await refresh(session);
  if (!isMade && session.logs.gone.has(directory)) await moveTo(session, rootOf(directory));
}

async function moveTo(session: Session, root: string): Promise<void> {
  moveLogs(session.logs, session.logs.directories[0] ?? '', await newDirectory(session, root));
}

async function newDirectory({ logs }: Session, root: string): Promise<string> {
  try {
    return await makeNumberedDirectory(root, basename(logs.directories[0] ?? ''));
  } catch (error) {
    throw storageError(error, root, kept);
  }
}

async function writeBackAll(session: Session): Promise<void> {
  try {
    await writeBack(session.logs, session.logs.directories[0] ?? '');
  } catch (error) {
    throw storageError(error, session.logs.directories[0] ?? '', kept);
  }
  await refresh(session);
}
