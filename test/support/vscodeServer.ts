import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { quietSettings } from './quietSettings.ts';
import { projectRoot, toolEnvironment } from './run.mjs';
import { installVscode, type VscodeRelease } from './vscodeInstall.ts';

export interface VscodeServerOptions {
  readonly release?: VscodeRelease;
  /** Absolute paths of unpacked extensions to install, as a user has them. */
  readonly installedExtensions?: readonly string[];
  /**
   * `true` lets pages load extensions from source and run tests in the extension host; VS Code then shows no notification
   * toasts and no modal editors.
   */
  readonly developmentMode?: boolean;
  /** `true` keeps Workspace Trust on, so that a folder opens in Restricted Mode until it is trusted. */
  readonly workspaceTrust?: boolean;
  /** User settings over {@link quietSettings}. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `true` gives it a home folder of its own, where git knows Robin Case of test/support/gitconfig and nobody else. */
  readonly ownHome?: boolean;
  /** Added to the environment of the server, its extension hosts and its terminals. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The port on loopback; any free one by default. */
  readonly port?: number;
}

export interface VscodeServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** The process that all extension hosts and terminals descend from. */
  readonly pid: number;
  /** Absolute path of the temporary folder that holds its user data, extensions and log; gone after `stop`. */
  readonly dataFolder: string;
  /** What the server printed so far. */
  readonly log: () => string;
  /** Ends the server and everything below it. It also ends when this process does, however that dies. */
  readonly stop: () => Promise<void>;
}

/** Starts a VS Code server on loopback with a fresh user. Throws when it does not listen within 30 s. */
export async function startVscodeServer(options: VscodeServerOptions = {}): Promise<VscodeServer> {
  const vscode = await installVscode(options.release ?? 'latest');
  const dataFolder = await mkdtemp(join(tmpdir(), 'mayday-vscode-'));
  await prepareUser(dataFolder, options);
  const args = serverArguments(dataFolder, options);
  const child = spawn(
    process.execPath,
    [
      join(projectRoot, 'test/support/whileParentLives.mjs'),
      dataFolder,
      vscode.node,
      join(vscode.root, 'out/server-main.js'),
      ...args,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...serverEnvironment(dataFolder, options), ...options.environment } },
  );
  let output = '';
  const exited = new Promise<void>((resolve) =>
    child.on('exit', () => {
      resolve();
    }),
  );
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await exited;
  };
  const started = new Promise<{ port: number; pid: number }>((resolve, reject) => {
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      const pid = /^server pid (\d+)$/m.exec(output)?.[1];
      if (port && pid) resolve({ port: Number(port), pid: Number(pid) });
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    void exited.then(() => {
      reject(new Error(`The VS Code server ended:\n${output}`));
    });
    setTimeout(() => {
      reject(new Error(`The VS Code server did not listen within 30 s:\n${output}`));
    }, 30_000).unref();
  });
  try {
    const { port, pid } = await started;
    return { port, pid, origin: `http://127.0.0.1:${port}`, dataFolder, log: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepareUser(dataFolder: string, options: VscodeServerOptions): Promise<void> {
  const user = join(dataFolder, 'data/User');
  await mkdir(user, { recursive: true });
  await writeFile(
    join(user, 'settings.json'),
    JSON.stringify({ ...quietSettings(options.release ?? 'latest'), ...options.settings }, null, 2),
  );
  await mkdir(join(dataFolder, 'tmp'));
  await mkdir(join(dataFolder, 'home'));
  await cp(join(projectRoot, 'test/support/gitconfig'), join(dataFolder, 'home/.gitconfig'));
  const extensions = join(dataFolder, 'extensions');
  await mkdir(extensions);
  for (const extension of options.installedExtensions ?? []) {
    await cp(extension, join(extensions, basename(extension)), { recursive: true });
  }
}

function serverArguments(dataFolder: string, options: VscodeServerOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'],
    ...['--server-data-dir', dataFolder, '--extensions-dir', join(dataFolder, 'extensions')],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(options.developmentMode ? ['--enable-smoke-test-driver'] : []),
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
  ];
}

/** Without what a surrounding VS Code, npm or git left for its own children. */
function serverEnvironment(dataFolder: string, options: VscodeServerOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(toolEnvironment()).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|VITEST|npm_|GIT_|NODE_OPTIONS$|NODE_ENV$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    // An empty gallery keeps the server from asking any.
    EXTENSIONS_GALLERY: '{}',
    // They start in every window and fail there: one for want of its compiled modules, the other of a TypeScript.
    VSCODE_SKIP_BUILTIN_EXTENSIONS: 'GitHub.copilot-chat,vscode.typescript-language-features',
    ...(options.ownHome ? { HOME: join(dataFolder, 'home'), XDG_CONFIG_HOME: join(dataFolder, 'home/.config') } : {}),
    // Its sockets go with the folder; elsewhere than on Linux the path would be too long for one.
    ...(process.platform === 'linux'
      ? { TMPDIR: join(dataFolder, 'tmp'), XDG_RUNTIME_DIR: join(dataFolder, 'tmp') }
      : {}),
  };
}
