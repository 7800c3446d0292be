import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VscodeServer } from '../support/vscodeServer.ts';
import { startVscodeServer } from '../support/vscodeServer.ts';
import { testGitEnvironment } from '../support/testWorkspace.ts';
import { installVscode } from '../support/vscodeInstall.ts';

/**
 * A VS Code whose extension hosts run nothing but the given extensions: VS Code's own, which load at the same moment on the
 * same thread, are left out where they have code.
 */
export async function startQuietServer(installedExtensions: readonly string[]): Promise<VscodeServer> {
  const skipped = await codeExtensions();
  return startVscodeServer({
    installedExtensions,
    environment: { ...testGitEnvironment, VSCODE_SKIP_BUILTIN_EXTENSIONS: skipped.join(',') },
  });
}

/** Identifiers of VS Code's own extensions that run code; themes and grammars do not. */
async function codeExtensions(): Promise<readonly string[]> {
  const folder = join((await installVscode('latest')).root, 'extensions');
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const manifests = await Promise.all(names.map(({ name }) => readManifest(join(folder, name, 'package.json'))));
  return manifests.flatMap(({ publisher, name, main, browser }) =>
    main === undefined && browser === undefined ? [] : [`${publisher}.${name}`],
  );
}

interface Manifest {
  readonly publisher?: string;
  readonly name?: string;
  readonly main?: string;
  readonly browser?: string;
}

/** A folder without a manifest, such as that of the packages they share, is no extension. */
async function readManifest(path: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
