import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, eventually, folder } from './host.ts';

const file = vscode.Uri.file(join(folder, '.incidents/mayday.yaml'));
const compose = vscode.Uri.file(join(folder, 'docker-compose.yml'));

interface SetUp {
  readonly file: string;
  readonly written: boolean;
  readonly proposal: string;
}

interface Tried {
  readonly sources: readonly { readonly name: string; readonly outcome: string; readonly text: string }[];
  readonly answered: number;
  readonly failed: number;
  readonly document: string;
}

describe('help with mayday.yaml', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(file.fsPath, { force: true });
  });

  it('offers keys, words and names of the file', async () => {
    const keys = await completions('services:\n  checkout:\n    |\n');
    assert.ok(
      ['url', 'health', 'metrics', 'dependencies'].every((key) => keys.includes(key)),
      keys.join(' '),
    );
    assert.deepEqual(await completions('statusPages: { stripe: { kind: | } }\n'), [
      'statuspage',
      'betterstack',
      'feed',
    ]);
    const names = await completions(
      'statusPages: { stripe: https://status.example.org }\nservices: { a: { dependencies: { b: { statusPage: | } } } }\n',
    );
    assert.deepEqual(names, ['stripe']);
  });

  it('offers nothing in a mayday.yaml that is not the team’s', async () => {
    const other = vscode.Uri.file(join(folder, 'mayday.yaml'));
    await vscode.workspace.fs.writeFile(other, Buffer.from('\n'));
    const document = await vscode.workspace.openTextDocument(other);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(0, 0),
    );
    assert.ok(list.items.every(({ label }) => label !== 'dataSources'));
    await rm(other.fsPath);
  });

  it('explains a key and tells what is in force', async () => {
    const { document, position } = await opened('policy:\n  severities:\n    SEV1: { res|pond: 3m }\n');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const said = hovers
      .flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
      .join('\n');
    assert.match(said, /How long after it began/);
    assert.match(said, /In force: 3m/);
  });

  it('puts a misspelt key right, and adds the url that a path needs', async () => {
    const { document } = await opened('services:\n  checkout:\n    helth: [/live]|\n');
    await fix(document, 'helth', 'Write "health"');
    assert.match(document.getText(), /\n {4}health: \[\/live\]\n/);
    await fix(document, '/live', 'Add url to the service');
    assert.match(document.getText(), /\n {4}url: https:\/\/\n {4}health: \[\/live\]\n/);
  });

  it('takes a credential out of the file, and asks for it', async () => {
    const { document } = await opened(
      'dataSources:\n  prometheus: { url: "https://p.example.org", headers: { authorization: "Bearer 0123456789abcdef0123456789abcdef" } }|\n',
    );
    const action = await fix(document, 'Bearer 0123', 'Replace it by secret:AUTHORIZATION');
    assert.match(document.getText(), /authorization: Bearer secret:AUTHORIZATION \}/);
    assert.equal(action.command?.command, 'mayday.setSecret');
  });

  it('tells of a mistake as it is made, and no more once it is undone', async () => {
    const { document, editor } = await opened('policy: {}|\n');
    // The file's mistakes are shown once all is loaded.
    await call('testDataSources', {});
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'polcy: {}\n');
    });
    const [problem] = await eventually('the misspelt key', () => found());
    assert.match(problem?.message ?? '', /Did you mean "policy"\?/);
    await editor.edit((edit) => {
      edit.delete(new vscode.Range(0, 0, 1, 0));
    });
    await eventually('no complaint', () => (vscode.languages.getDiagnostics(file).length === 0 ? true : undefined));
    assert.equal(document.getText(), 'policy: {}\n');
  });

  it('a change that is saved is in force without a reload', async () => {
    const { document, editor } = await opened('services: { shop: { health: [/live] } }|\n');
    const [problem] = await eventually('the path without url', () => found());
    assert.match(problem?.message ?? '', /is a path, and the service has no url/);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 'services: { shop: { '.length), 'url: "http://127.0.0.1:1", ');
    });
    await document.save();
    await eventually('no complaint', () => (vscode.languages.getDiagnostics(file).length === 0 ? true : undefined));
    const { sources } = await call<Tried>('testDataSources', {});
    assert.ok(sources.some(({ name, outcome }) => name === '/live' && outcome === 'failed'));
  });
});

describe('Set Up This Workspace', () => {
  before(async () => {
    const text = 'services:\n  checkout:\n    build: .\n    ports: ["127.0.0.1:8080:8080"]\n';
    await vscode.workspace.fs.writeFile(compose, Buffer.from(text));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(compose.fsPath, { force: true });
    await rm(file.fsPath, { force: true });
  });

  it('writes a first version where there is none, and never over one that is there', async () => {
    const first = await call<SetUp>('setUpWorkspace', {});
    assert.equal(first.written, true);
    assert.equal(first.file, file.fsPath);
    assert.match(first.proposal, /url: http:\/\/127\.0\.0\.1:8080 # from docker-compose\.yml:4/);
    assert.equal(await readFile(file.fsPath, 'utf8'), first.proposal);
    await eventually('it has no mistakes', () =>
      vscode.languages.getDiagnostics(file).length === 0 ? true : undefined,
    );
    await vscode.workspace.fs.writeFile(file, Buffer.from('# ours\n'));
    const second = await call<SetUp>('setUpWorkspace', {});
    assert.equal(second.written, false);
    assert.equal(await readFile(file.fsPath, 'utf8'), '# ours\n');
  });

  it('shows a person the proposal beside the file that is there', async () => {
    await vscode.workspace.fs.writeFile(file, Buffer.from('# ours\n'));
    await vscode.commands.executeCommand('mayday.setUpWorkspace');
    const input = await eventually('the comparison', () => {
      const { input: shown } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      return shown instanceof vscode.TabInputTextDiff ? shown : undefined;
    });
    assert.equal(input.modified.fsPath, file.fsPath);
    const proposal = await vscode.workspace.openTextDocument(input.original);
    assert.match(proposal.getText(), /^# Proposed by Mayday/);
  });
});

describe('Test Data Sources', () => {
  let server: Server;
  let url: string;

  before(async () => {
    server = createServer((request, response) => {
      if (request.url === '/metrics') response.end('up 1\nrequests_total{code="200"} 7\n');
      else if (request.url === '/health/live') response.end('{}');
      else response.writeHead(503).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    await vscode.workspace.fs.writeFile(file, Buffer.from(`services: { shop: { url: "${url}" } }\n`));
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(file.fsPath, { force: true });
  });

  it('says what answered and what failed', async () => {
    const { sources, answered, failed } = await call<Tried>('testDataSources', {});
    assert.deepEqual([answered, failed], [2, 1]);
    assert.deepEqual(
      sources.map(({ name, text }) => `${name} ${text}`),
      ['/health/live answers 200', '/health/ready answers 503', 'metrics exposes 2 samples'],
    );
  });

  it('shows it to a person beside what they look at', async () => {
    await vscode.commands.executeCommand('mayday.testDataSources');
    const document = await eventually('the document', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.path === '/data-sources.md'),
    );
    assert.match(document.getText(), /## Failed: 1\n\n- ✗ \*\*shop · \/health\/ready\*\*/);
  });

  it('asks nobody that no person confirmed', async () => {
    await vscode.workspace.fs.writeFile(file, Buffer.from('statusPages: { a: "https://status.invalid" }\n'));
    await assert.rejects(call('testDataSources', {}), /https:\/\/status\.invalid\/ was not asked/);
  });
});

/** Opens the text as mayday.yaml; `|` is where the cursor is. */
async function opened(
  marked: string,
): Promise<{ document: vscode.TextDocument; position: vscode.Position; editor: vscode.TextEditor }> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.workspace.fs.writeFile(file, Buffer.from(marked.replace('|', '')));
  const document = await vscode.workspace.openTextDocument(file);
  await eventually('the text in the editor', () => (document.getText() === marked.replace('|', '') ? true : undefined));
  const editor = await vscode.window.showTextDocument(document);
  const position = document.positionAt(marked.indexOf('|'));
  editor.selection = new vscode.Selection(position, position);
  return { document, position, editor };
}

async function completions(marked: string): Promise<readonly string[]> {
  const { document, position } = await opened(marked);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  // Words of the document are VS Code's own.
  return items
    .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
    .map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** Chooses the quick fix of that title at a word. */
async function fix(document: vscode.TextDocument, word: string, title: string): Promise<vscode.CodeAction> {
  const start = document.positionAt(document.getText().indexOf(word) + 1);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(start, start),
    vscode.CodeActionKind.QuickFix.value,
  );
  const action = actions.find((one) => one.title === title);
  assert.ok(action?.edit, `${title} is not among ${actions.map((one) => one.title).join(', ')}`);
  assert.equal(await vscode.workspace.applyEdit(action.edit), true);
  return action;
}

function found(): readonly vscode.Diagnostic[] | undefined {
  const problems = vscode.languages.getDiagnostics(file);
  return problems.length > 0 ? problems : undefined;
}
