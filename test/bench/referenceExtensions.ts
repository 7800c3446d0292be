import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An extension laid out as an install leaves it. */
export interface InstalledExtension {
  /** `publisher.name`. */
  readonly id: string;
  /** Absolute path. */
  readonly folder: string;
}

const manifest = {
  publisher: 'reference',
  version: '1.0.0',
  engines: { vscode: '^1.101.0' },
  type: 'module',
  main: './extension.js',
};

/** The least that an extension can be which is there from the start as Mayday is. */
export function writeEmptyExtension(parent: string): Promise<InstalledExtension> {
  return writeExtension(parent, {
    manifest: { ...manifest, name: 'empty', activationEvents: ['onStartupFinished'] },
    code: 'export function activate() {}\n',
  });
}

/** The title of the trivial command in the palette, and the placeholder of its input box. */
export const trivialCommand = { title: 'Reference: Show Input', placeholder: 'Nothing is asked here' } as const;

/** Like the empty one, with a command that shows one input box and does nothing else. */
export function writeTrivialExtension(parent: string): Promise<InstalledExtension> {
  const [category, title] = trivialCommand.title.split(': ');
  return writeExtension(parent, {
    manifest: {
      ...manifest,
      name: 'trivial',
      activationEvents: ['onStartupFinished'],
      contributes: { commands: [{ command: 'reference.showInput', category, title }] },
    },
    code: `import * as vscode from 'vscode';
export function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand('reference.showInput', () => {
    const input = vscode.window.createInputBox();
    input.placeholder = ${JSON.stringify(trivialCommand.placeholder)};
    input.onDidHide(() => input.dispose());
    input.show();
  }));
}
`,
  });
}

async function writeExtension(
  parent: string,
  {
    manifest,
    code,
  }: { readonly manifest: { readonly name: string; readonly [key: string]: unknown }; readonly code: string },
): Promise<InstalledExtension> {
  const id = `reference.${manifest.name}`;
  const folder = join(parent, `${id}-1.0.0`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), code);
  return { id, folder };
}
