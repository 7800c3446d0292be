import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('the extension in its host', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('mayday.mayday');
    assert.ok(extension, 'VS Code does not know the extension mayday.mayday');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers its commands', async () => {
    const commands = await vscode.commands.getCommands(true);
    assert.ok(commands.includes('mayday.showLog'));
  });

  it('has a folder with a git repository open', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, '.git', 'HEAD'));
  });
});
