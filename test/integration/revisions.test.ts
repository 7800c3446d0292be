import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { folder } from './host.ts';
import { gitBytes } from './repositoryGit.ts';

describe('a file of the repository at a revision', () => {
  const head = git('rev-parse', 'HEAD').toString().trim();

  it('reads as git shows it', async () => {
    for (const path of git('ls-tree', '-r', '--name-only', head).toString().trim().split('\n')) {
      const bytes = await vscode.workspace.fs.readFile(uriOf(head, path));
      assert.deepEqual(Buffer.from(bytes), git('show', `${head}:${path}`));
    }
    const document = await vscode.workspace.openTextDocument(uriOf(head, 'checkout.js'));
    assert.equal(document.getText(), git('show', `${head}:checkout.js`).toString());
    assert.equal(document.languageId, 'javascript');
  });

  it('cannot be changed', async () => {
    const uri = uriOf(head, 'README.md');
    const { permissions, size } = await vscode.workspace.fs.stat(uri);
    assert.equal(permissions, vscode.FilePermission.Readonly);
    assert.equal(size, git('show', `${head}:README.md`).length);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(uri, Buffer.from('x'))));
    await assert.rejects(Promise.resolve(vscode.workspace.fs.delete(uri)));
  });

  it('that does not exist says so', async () => {
    await assert.rejects(read(uriOf(head, 'no/such/file.js')), /no such revision or file/);
    await assert.rejects(read(uriOf('0'.repeat(40), 'README.md')));
    await assert.rejects(read(uriOf('--output=/tmp/x', 'README.md')));
    await assert.rejects(read(uriOf(head, 'README.md').with({ query: 'not json' })));
  });
});

function read(uri: vscode.Uri): Promise<Uint8Array> {
  return Promise.resolve(vscode.workspace.fs.readFile(uri));
}

function uriOf(revision: string, path: string): vscode.Uri {
  const query = JSON.stringify({ repository: folder, revision, path });
  return vscode.Uri.from({ scheme: 'mayday-revision', path: `/${path}`, query });
}

function git(...args: readonly string[]): Buffer {
  return gitBytes(folder, ...args);
}
