import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { answerPrompts } from './answerPrompts.ts';
import { call, callOnRow, eventually, recordedEvents, stateOf, withIncident } from './host.ts';

describe('the timeline', () => {
  it('keeps both versions of an entry that is corrected from its row', () =>
    withIncident({}, async ({ incident, name }) => {
      await call('addNote', { incident, text: 'The cache is fine' });
      const event = noteIn(name);
      const asked = await answerPrompts([/^Its words$/, 'The cache is cold', 'looked again'], () =>
        callOnRow('correctEvent', { incident, event }),
      );
      assert.equal(asked.length, 3);
      const entry = (await stateOf(incident)).entries.find((candidate) => candidate.event.id === event);
      assert.ok(entry?.event.type === 'note.added' && entry.original?.type === 'note.added');
      assert.equal(entry.event.data.text, 'The cache is cold');
      assert.equal(entry.original.data.text, 'The cache is fine');
      const text = await timelineText(incident, 'The cache is cold');
      assert.ok(text.includes('The cache is fine'), text);
      assert.ok(text.includes('looked again'), text);
    }));

  it('shows an entry that is retracted from its row, and counts it no more', () =>
    withIncident({}, async ({ incident, name }) => {
      await call('setStatus', { incident, status: 'identified' });
      const event = recordedEvents(name).find(({ type }) => type === 'status.changed')?.id;
      await answerPrompts(['too early'], () => callOnRow('retractEvent', { incident, event }));
      const state = await stateOf(incident);
      assert.equal(state.status, 'investigating');
      assert.ok(state.entries.some((entry) => entry.event.id === event && entry.retraction !== undefined));
      const text = await timelineText(incident, 'too early');
      assert.ok(text.includes('Status set to Identified'), text);
    }));

  it('is drawn again in its open editor when something is recorded', () =>
    withIncident({}, async ({ incident }) => {
      await call('openTimeline', { incident });
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document?.uri.scheme === 'mayday-record');
      await call('addNote', { incident, text: 'Added while it is open' });
      await eventually('the note in the open document', () =>
        document.getText().includes('Added while it is open') ? true : undefined,
      );
      assert.equal(document.isDirty, false);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    }));
});

function noteIn(name: string): string | undefined {
  return recordedEvents(name).find(({ type }) => type === 'note.added')?.id;
}

async function timelineText(incident: string, expected: string): Promise<string> {
  await call('openTimeline', { incident });
  const text = await eventually(`a timeline with “${expected}”`, () => {
    const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
    return shown.includes(expected) ? shown : undefined;
  });
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return text;
}
