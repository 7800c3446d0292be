import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { MaydayApi } from '../../src/editor/publicApi.ts';
import type { IncidentState } from '../../src/incident/state.ts';

/** The folder of the window. */
export const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

/** What every command that changes an incident gives. */
export interface Brief {
  readonly incident: string;
  readonly name: string;
  readonly status: string;
  readonly severity: string;
  readonly deadlines: readonly { readonly id: string; readonly kind: string; readonly dueAt: string }[];
}

/** Calls a command as a script does: its errors are thrown. */
export function call<T = Brief>(command: string, args: object): Promise<T> {
  return Promise.resolve(vscode.commands.executeCommand<T>(`mayday.${command}`, args));
}

/** Calls a command as a menu of a tree does, with the element of the row; its errors are shown to the person. */
export function callOnRow<T>(command: string, rowArgs: object): Promise<T | undefined> {
  return Promise.resolve(vscode.commands.executeCommand<T>(`mayday.${command}`, { id: 'row', rowArgs }));
}

/** What the record says of an incident that is not confidential. */
export async function stateOf(incident: string): Promise<IncidentState> {
  const api = vscode.extensions.getExtension<MaydayApi>('mayday.mayday');
  if (api === undefined) throw new Error('VS Code does not know the extension.');
  return (await api.activate()).incident(incident);
}

/** An event as its line in a log says. */
export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events of an incident on disk, of all writers, in the order they were written. */
export function recordedEvents(name: string): readonly RecordedEvent[] {
  const log = join(folder, '.git/mayday/incidents', name, 'log');
  return readdirSync(log).flatMap((file) =>
    readFileSync(join(log, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RecordedEvent),
  );
}

/** Waits until `look` gives something. */
export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const givenUpAt = Date.now() + 10_000; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > givenUpAt) throw new Error(`Not seen within 10 s: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

interface Declared extends Brief {
  readonly channel: string;
  /** Of the incident, in the record. */
  readonly directory: string;
}

/** Declares an incident for the time of a test, which ends it. */
export async function withIncident(args: object, run: (declared: Declared) => Promise<void>): Promise<void> {
  const declared = await call<Declared>('declareIncident', {
    title: 'Orders fail',
    severity: 'SEV2',
    ...args,
  });
  try {
    await run(declared);
  } finally {
    const { incident } = declared;
    await call('closeIncident', { incident, outcome: 'cancelled', reason: 'a test' }).catch(() => undefined);
  }
}
