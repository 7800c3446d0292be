import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { answerPrompts } from './answerPrompts.ts';
import { call, callOnRow, eventually, folder, recordedEvents, withIncident } from './host.ts';
import { git } from './repositoryGit.ts';

interface Traced {
  readonly finding: string;
  readonly errors: readonly {
    readonly frames: readonly {
      readonly place: { readonly kind: string; readonly path?: string; readonly line?: number };
      readonly standing?: { readonly kind: string; readonly inWindow?: boolean; readonly subject?: string };
    }[];
  }[];
}

interface Lines {
  readonly start: number;
  readonly changes: readonly { readonly id: string; readonly standing?: string }[];
}

const code = Array.from({ length: 20 }, (_, index) => `line ${String(index + 1)}`);
const trace = [
  'OutOfStock: tent-2p is sold out',
  '    at add (/app/shelf.js:7:9)',
  '    at emit (node:events:518:28)',
  '    at place (/app/shelf.js:12:3)',
].join('\n');

describe('Trace to Code', () => {
  let head = '';
  before(() => {
    writeFileSync(join(folder, 'shelf.js'), `${code.join('\n')}\n`);
    commit('Fill the shelf');
    writeFileSync(join(folder, 'shelf.js'), `${code.with(6, 'LINE 7').join('\n')}\n`);
    head = commit('Change line 7');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('tells a script where the frames are, and keeps the trace as evidence', async () => {
    await withIncident({ title: 'Trace for a script' }, async ({ incident, name, directory }) => {
      const traced = await call<Traced>('traceToCode', { incident, text: trace });

      const frames = traced.errors.flatMap((error) => error.frames);
      assert.deepEqual(
        frames.map(({ place }) => place),
        [
          { kind: 'repository', path: 'shelf.js', line: 7 },
          { kind: 'library' },
          { kind: 'repository', path: 'shelf.js', line: 12 },
        ],
      );
      const [changed, , older] = frames.map(({ standing }) => standing);
      assert.deepEqual([changed?.subject, changed?.inWindow], ['Change line 7', true]);
      assert.equal(older?.subject, 'Fill the shelf');

      const finding = recordedEvents(name).find(({ type }) => type === 'finding.added');
      assert.equal(finding?.id, traced.finding);
      assert.equal(finding.data['place'], 'shelf.js:7');
      const [evidence] = finding.data['evidence'] as { readonly sha256: string }[];
      assert.equal(readFileSync(join(directory, 'evidence', evidence!.sha256), 'utf8'), trace);
    });
  });

  it('takes the selection, and opens the frame that is chosen as it runs', async () => {
    await withIncident({ title: 'Trace from a selection' }, async ({ incident }) => {
      await selectAll(trace);
      await answerPrompts(['place'], () => asked('traceToCode', incident));
      assertShown(head, 12);

      await selectAll(trace);
      await answerPrompts(['1 more frame', 'place'], () => asked('traceToCode', incident));
      assertShown(head, 12);
    });
  });

  it('shows each frame while a person walks through the list, and opens it again from its finding', async () => {
    await withIncident({ title: 'Walk through a trace' }, async ({ incident }) => {
      const { finding } = await call<Traced>('traceToCode', { incident, text: trace });
      const opened = callOnRow<Traced>('traceToCode', { incident, event: finding });
      await eventually('the first frame', () => (shown(head, 7) ? true : undefined));
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await eventually('the next frame', () => (shown(head, 12) ? true : undefined));
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.equal((await opened)?.finding, finding);
      assertShown(head, 12);
    });
  });

  it('takes nothing from the clipboard before it is chosen', async () => {
    await withIncident({ title: 'Trace from the clipboard' }, async ({ incident }) => {
      await vscode.env.clipboard.writeText(trace);
      const questions = await answerPrompts(['Clipboard', 'add'], () => asked('traceToCode', incident));
      assert.deepEqual(questions[0], 'Where is the stack trace or log excerpt?');
      assertShown(head, 7);
    });
  });

  it('tells the history of a line that unsaved edits moved, with its differences', async () => {
    await withIncident({ title: 'History of a line' }, async ({ incident }) => {
      const document = await vscode.workspace.openTextDocument(join(folder, 'shelf.js'));
      const editor = await vscode.window.showTextDocument(document);
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), 'new\nnew\n');
      });
      editor.selection = new vscode.Selection(8, 2, 8, 2);
      await answerPrompts(['Change line 7'], () => asked('investigateLine', incident));
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      assert.ok(input instanceof vscode.TabInputTextDiff, 'a difference is shown');
      assert.equal((JSON.parse(input.modified.query) as { revision: string }).revision, head);
      const diff = await eventually('the line', () => {
        const active = vscode.window.activeTextEditor;
        return active?.document.uri.toString() === input.modified.toString() ? active : undefined;
      });
      assert.equal(diff.selection.active.line, 6);

      const wish = { incident, path: join(folder, 'shelf.js'), line: 7 };
      const { start, changes } = await call<Lines>('investigateLine', wish);
      assert.equal(start, 7);
      assert.deepEqual([changes.length, changes[0]?.id, changes[0]?.standing], [2, head, 'inWindow']);
    });
  });
});

/** As the palette does: the person is asked. */
async function asked(command: string, incident: string): Promise<void> {
  await callOnRow(command, { incident });
}

async function selectAll(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content });
  const editor = await vscode.window.showTextDocument(document);
  const last = document.lineAt(document.lineCount - 1);
  editor.selection = new vscode.Selection(new vscode.Position(0, 0), last.range.end);
}

/** True when the active editor shows the line of the revision. */
function shown(revision: string, line: number): boolean {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'mayday-revision') return false;
  const { path, ...of } = JSON.parse(editor.document.uri.query) as { readonly path: string; readonly revision: string };
  return path === 'shelf.js' && of.revision === revision && editor.selection.active.line === line - 1;
}

function assertShown(revision: string, line: number): void {
  const { activeTextEditor: editor } = vscode.window;
  assert.ok(
    shown(revision, line),
    `shown: ${editor?.document.uri.toString() ?? 'nothing'} ${String(editor?.selection.active.line)}`,
  );
}

function commit(message: string): string {
  git('add', 'shelf.js');
  git('-c', 'user.name=Sam', '-c', 'user.email=sam@example.org', 'commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}
