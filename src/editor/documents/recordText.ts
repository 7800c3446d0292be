import type * as vscode from 'vscode';
import { timelineDocument } from '../../documents/timelineDocument.ts';
import { toIncidentId } from '../../incident/ids.ts';
import type { IncidentStore } from '../../incident/incidentStore.ts';
import { timeZone } from '../platform/settings.ts';
import { parseRecordUri } from './recordDocuments.ts';

/** What a document of the record says now. */
export async function recordText(store: IncidentStore, uri: vscode.Uri): Promise<string> {
  const wanted = parseRecordUri(uri);
  const id = toIncidentId(wanted?.incident);
  if (wanted === undefined || id === undefined) return `There is nothing on record under ${uri.toString()}.\n`;
  const { state } = await store.open(id);
  if (wanted.event === undefined) return timelineDocument(state, timeZone());
  const update = state.updates.find(({ event }) => event === wanted.event);
  return update?.text ?? `The message ${wanted.event} is not on record any more.\n`;
}
