import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, eventually, folder, recordedEvents, withIncident } from './host.ts';
import { git } from './repositoryGit.ts';

const file = 'marks.js';
const uri = vscode.Uri.file(join(folder, file));
const old = Array.from({ length: 12 }, (_, index) => `const line${index} = ${index};`);
/** Lines 3 and 4 (of an editor) came for three others, line 9 changed, and the last is gone. */
const changed = [
  ...old.slice(0, 2),
  '// new',
  'retry(3);',
  ...old.slice(5, 9),
  'const line9 = "nine";',
  'const line10 = 10;',
];

describe('annotations of what changed', () => {
  const original = git('rev-parse', 'HEAD');
  before(() => {
    // The window's own history began just now: this one begins before every change window.
    write(old);
    git('add', file);
    const longAgo = { GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' };
    const base = git('commit-tree', git('write-tree'), '-m', 'Before the window', longAgo);
    git('reset', '--quiet', '--soft', base);
    write(changed);
    git('commit', '--quiet', '--all', '--message', 'Retry [three](command:mayday.resolve) times');
  });
  afterEach(async () => {
    await open();
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration()
      .update('mayday.changeMarks', undefined, vscode.ConfigurationTarget.Global);
    git('reset', '--quiet', '--hard', original);
  });

  it('are there while an incident is active, and gone when it has ended', async () => {
    await open();
    assert.equal(await hoverAt(2), undefined);
    await withIncident({}, async () => {
      await eventually('the hover of a changed line', () => hoverAt(2));
      assert.equal(await hoverAt(0), undefined);
    });
    await eventually('no hover after the incident', async () => ((await hoverAt(2)) === undefined ? true : undefined));
  });

  it('tell commit, author, age, what runs, and offer what to do', async () => {
    await withIncident({}, async ({ incident }) => {
      await open();
      const hover = await eventually('the hover of a changed line', () => hoverAt(2, uri, incident));
      const { value, isTrusted } = hover;
      assert.match(value, /\*\*Retry \\\[three\\\]\\\(command\\:mayday\.resolve\\\) times\*\* `[0-9a-f]{8}`/);
      assert.match(value, /Robin Case · reached main less than a minute ago/);
      assert.match(value, /Assumed to be deployed/);
      assert.match(value, /Before:\n\n```diff\n- const line2 = 2;/);
      const links = linksOf(hover);
      assert.deepEqual(
        links.map(({ title, command }) => `${title} ${command}`),
        ['Open Diff mayday.openChangeDiff', 'Show Commit mayday.openCommit', 'Pin as Finding mayday.pinChangedLine'],
      );
      assert.deepEqual(isTrusted, {
        enabledCommands: ['mayday.openChangeDiff', 'mayday.openCommit', 'mayday.pinChangedLine'],
      });
      assert.equal(links[1]?.args[0]?.['incident'], incident);
    });
  });

  it('follow edits: an edited line loses its mark, and what it was before brings it back', async () => {
    await withIncident({}, async () => {
      const editor = await open();
      await eventually('the hover of a changed line', () => hoverAt(3));
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), '// mine\n');
        edit.replace(editor.document.lineAt(3).range, 'retry(9);');
      });
      await eventually('no mark where it was', async () => ((await hoverAt(2)) === undefined ? true : undefined));
      assert.notEqual(await hoverAt(3), undefined);
      assert.equal(await hoverAt(4), undefined);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await eventually('the mark of the line as it was', () => hoverAt(2));
      assert.notEqual(await hoverAt(3), undefined);
    });
  });

  it('lead from one change to the next and back by command', async () => {
    await withIncident({}, async () => {
      const editor = await open();
      await eventually('the hover of a changed line', () => hoverAt(2));
      const seen: string[] = [];
      for (const command of ['nextChangedLine', 'nextChangedLine', 'nextChangedLine', 'nextChangedLine'] as const) {
        const result = await call<{ index: number; count: number }>(command, {});
        seen.push(`${result.index}/${result.count} line ${editor.selection.active.line + 1}`);
      }
      assert.deepEqual(seen, ['1/3 line 3', '2/3 line 9', '3/3 line 10', '1/3 line 3']);
      await call('previousChangedLine', {});
      assert.equal(editor.selection.active.line, 9);
      const removed = await eventually('the hover of removed lines', () => hoverAt(9));
      assert.match(removed.value, /1 line removed below this one/);
    });
  });

  it('become findings with place, revision and what was there', async () => {
    await withIncident({}, async ({ incident, name }) => {
      await open();
      const hover = await eventually('the hover of a changed line', () => hoverAt(8, uri, incident));
      const [link] = linksOf(hover).filter(({ title }) => title === 'Pin as Finding');
      await vscode.commands.executeCommand(link?.command ?? '', ...(link?.args ?? []));
      const finding = recordedEvents(name).find(({ type }) => type === 'finding.added')?.data ?? {};
      assert.equal(finding['check'], 'deployments');
      assert.equal(finding['place'], 'marks.js:9');
      assert.equal(finding['revision'], git('rev-parse', 'HEAD'));
      assert.match(String(finding['text']), /^marks\.js:9 changed by [0-9a-f]{8} "Retry \[three\]/);
      assert.equal((finding['evidence'] as readonly unknown[]).length, 1);
    });
  });

  it('open the change as a diff of what ran and what runs, at its line', async () => {
    await withIncident({}, async () => {
      await open();
      await eventually('the hover of a changed line', () => hoverAt(8));
      await call('openChangeDiff', { uri: uri.toString(), line: 8 });
      const { input } = await eventually('the diff', () => {
        const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
        return tab?.input instanceof vscode.TabInputTextDiff ? { input: tab.input } : undefined;
      });
      const [left, right] = await Promise.all([input.original, input.modified].map(textOf));
      assert.equal(left, `${old.join('\n')}\n`);
      assert.equal(right, `${changed.join('\n')}\n`);
      await eventually('the line', () =>
        vscode.window.activeTextEditor?.selection.active.line === 8 ? true : undefined,
      );
      await eventually('the mark in the version that runs', () => hoverAt(8, input.modified));
    });
  });

  it('can be switched off and on', async () => {
    await withIncident({}, async () => {
      await open();
      await eventually('the hover of a changed line', () => hoverAt(2));
      assert.deepEqual(await call('toggleChangeMarks', {}), { on: false });
      await eventually('no hover', async () => ((await hoverAt(2)) === undefined ? true : undefined));
      assert.deepEqual(await call('toggleChangeMarks', {}), { on: true });
      await eventually('the hover again', () => hoverAt(2));
    });
  });

  it('tell apart what runs and what waits to be deployed, once somebody asked what runs', async () => {
    const released = git('rev-parse', 'HEAD');
    git('tag', 'v1.0.0');
    write(changed.with(5, 'waits();'));
    git('commit', '--quiet', '--all', '--message', 'Wait for the next release');
    try {
      await withIncident({}, async ({ incident }) => {
        await open();
        await call('investigate', { incident });
        const pending = await eventually('the hover of what waits', async () => {
          const hover = await hoverAt(5, uri, incident);
          return hover?.value.includes('Not deployed') === true ? hover : undefined;
        });
        assert.match(pending.value, /\*\*Wait for the next release\*\*/);
        const running = await eventually('the hover of what runs', () => hoverAt(2, uri, incident));
        assert.match(running.value, /\*\*Deployed\*\* since v1\.0\.0, .* told by tag v1\.0\.0/);
      });
    } finally {
      git('tag', '--delete', 'v1.0.0');
      git('reset', '--quiet', '--hard', released);
    }
  });

  it('are not on files that nobody committed', async () => {
    const other = vscode.Uri.file(join(folder, 'untracked.js'));
    writeFileSync(other.fsPath, 'untracked();\n');
    try {
      await withIncident({}, async () => {
        await open();
        await eventually('the hover of a changed line', () => hoverAt(2));
        await vscode.window.showTextDocument(other);
        assert.equal(await hoverAt(0, other), undefined);
        assert.equal(await call('nextChangedLine', {}), undefined);
      });
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      rmSync(other.fsPath);
    }
  });
});

function open(): Promise<vscode.TextEditor> {
  return Promise.resolve(vscode.window.showTextDocument(uri, { preview: false }));
}

/** What Mayday says of a line (from 0); of an incident when one is given: that of the test before ends a moment later. */
async function hoverAt(line: number, document = uri, incident = ''): Promise<vscode.MarkdownString | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document,
    new vscode.Position(line, 0),
  );
  const contents = hovers.flatMap((hover) => hover.contents as vscode.MarkdownString[]);
  return contents.find(({ value }) => value.includes('command:mayday.') && value.includes(incident));
}

interface Link {
  readonly title: string;
  readonly command: string;
  readonly args: readonly Record<string, unknown>[];
}

function linksOf({ value }: vscode.MarkdownString): readonly Link[] {
  const links = value.matchAll(/(?<!\\)\[([^\]]+)\]\(command:(mayday\.\w+)\?([^)]+)\)/g);
  return [...links].map(([, title = '', command = '', args = '']) => ({
    title,
    command,
    args: JSON.parse(decodeURIComponent(args)) as Link['args'],
  }));
}

async function textOf(document: vscode.Uri): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(document)).toString('utf8');
}

function write(lines: readonly string[]): void {
  writeFileSync(uri.fsPath, lines.map((line) => `${line}\n`).join(''));
}
