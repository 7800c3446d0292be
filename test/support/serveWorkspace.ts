import { workbenchAddress } from './openWorkbench.ts';
import { unpackExtension } from './unpackedExtension.ts';
import { startVscodeServer, type VscodeServerOptions } from './vscodeServer.ts';

export interface ServedWorkspace {
  /** For any browser of this machine. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** Serves a folder in a VS Code of its own, with the built extension installed and a fresh user. */
export async function serveWorkspace(folder: string, options: VscodeServerOptions = {}): Promise<ServedWorkspace> {
  const extension = await unpackExtension();
  try {
    const server = await startVscodeServer({ installedExtensions: [extension.folder], ...options });
    return { address: workbenchAddress(server, { folder }), stop: () => server.stop() };
  } finally {
    // The server has a copy.
    await extension.remove();
  }
}
