import { join } from 'node:path';
import { openBrowser } from '../support/browser.ts';
import type { Cleanup } from '../support/cleanup.ts';
import { openWorkbench } from '../support/openWorkbench.ts';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { unpackExtension } from '../support/unpackedExtension.ts';
import { startVscodeServer } from '../support/vscodeServer.ts';
import { workbenchOf, type Workbench } from './pages/workbench.ts';
import { startDrill } from './runningDrill.ts';
import type { WalkedDrill } from './walkStep.ts';

/** Opens a fresh drill, its service running, in a window with the built extension. `cleanup` gets what is to be undone. */
export async function openDrill(
  cleanup: Cleanup,
  signal: AbortSignal,
): Promise<{ readonly workbench: Workbench; readonly drill: WalkedDrill }> {
  const temporary = await createTemporaryFolder('mayday-demo-');
  await cleanup.add(temporary.remove);
  const drill = await startDrill(join(temporary.path, 'checkout'), signal);
  await cleanup.add(drill.stop);
  const extension = await unpackExtension();
  await cleanup.add(extension.remove);
  const server = await startVscodeServer({
    installedExtensions: [extension.folder],
    ownHome: true,
  });
  await cleanup.add(server.stop);
  const browser = await openBrowser();
  await cleanup.add(() => browser.close());
  const page = await openWorkbench(browser, server, { folder: drill.directory });
  return { workbench: workbenchOf(page, drill.directory), drill };
}
