import * as vscode from 'vscode';
import { recordScheme } from '../../contributions.ts';

/** What a document of the record shows: the whole timeline, or one message as it was sent. */
export interface RecordDocument {
  readonly incident: string;
  /** The folder's name, for the tab. */
  readonly name: string;
  /** Of the event whose message is shown; undefined for the timeline. */
  readonly event?: string;
}

/** The address of a document of the record. */
export function recordUri({ incident, name, event }: RecordDocument): vscode.Uri {
  const file = event === undefined ? 'timeline.md' : `message-${event.slice(-6)}.md`;
  return vscode.Uri.from({
    scheme: recordScheme,
    path: `/${name}/${file}`,
    query: JSON.stringify({ incident, event }),
  });
}

/** What an address asks for; undefined when it is none of ours. */
export function parseRecordUri({ query }: vscode.Uri): Pick<RecordDocument, 'incident' | 'event'> | undefined {
  try {
    const { incident, event } = JSON.parse(query) as Record<string, unknown>;
    if (typeof incident !== 'string') return undefined;
    return { incident, ...(typeof event === 'string' ? { event } : {}) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The open documents that show an incident. */
export function openRecordDocuments(incident: string): readonly vscode.Uri[] {
  return vscode.workspace.textDocuments
    .map(({ uri }) => uri)
    .filter((uri) => uri.scheme === recordScheme && parseRecordUri(uri)?.incident === incident);
}
