import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface CommitWish {
  /** Whole message; may hold anything. */
  readonly message?: string | Buffer;
  /** Content by path; `null` deletes. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** `Name <mail>`. */
  readonly author?: string;
  /** Author and committer date, ISO. */
  readonly at?: string;
}

export interface TestRepository {
  readonly directory: string;
  /** An environment in which git knows no configuration but the repository's. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs git, gives what it wrote without the last line end. */
  git(...args: (string | Buffer)[]): string;
  /** Commits everything that is in the work tree after `files` were written; gives the commit's id. */
  commit(wish?: CommitWish): string;
  /** Makes a raw commit object the tip of `main`, however wrong it is; `{tree}` in it is the tree of the index. */
  commitRaw(object: string | Buffer): string;
  write(path: string, content: string): void;
  /** A second repository that has this one as its remote `origin`. */
  clone(...options: string[]): TestRepository;
  /** Removes the repository, and those that were made from it. */
  dispose(): void;
}

/** A real repository in a temporary folder. */
export function createRepository(...initOptions: string[]): TestRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mayday-git-')));
  const directory = join(root, 'repository');
  const environment = isolated(root);
  mkdirSync(directory);
  run(environment, directory, ['init', '--quiet', '--initial-branch=main', ...initOptions]);
  return repositoryAt(root, directory, environment);
}

function repositoryAt(root: string, directory: string, environment: NodeJS.ProcessEnv): TestRepository {
  const git = (...args: (string | Buffer)[]) => run(environment, directory, args);
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  let clones = 0;
  return {
    directory,
    environment,
    git,
    write,
    commit: ({
      message = 'Change',
      files = {},
      author = 'Robin Case <robin@example.com>',
      at = '2026-11-23T06:00:00Z',
    } = {}) => {
      for (const [path, content] of Object.entries(files)) {
        if (content === null) rmSync(join(directory, path), { recursive: true });
        else write(path, content);
      }
      const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(author) ?? [];
      const dated = {
        ...environment,
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_COMMITTER_NAME: name,
        GIT_COMMITTER_EMAIL: email,
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_DATE: at,
      };
      run(dated, directory, ['add', '--all']);
      run(
        dated,
        directory,
        ['commit', '--quiet', '--allow-empty', '--allow-empty-message', '--file=-'],
        Buffer.from(message),
      );
      return git('rev-parse', 'HEAD');
    },
    commitRaw: (object) => {
      const text = Buffer.from(object).toString('latin1').replace('{tree}', git('write-tree'));
      const args = ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'];
      const id = run(environment, directory, args, Buffer.from(text, 'latin1'));
      git('update-ref', 'refs/heads/main', id);
      return id;
    },
    clone: (...options) => {
      const target = join(root, `clone-${++clones}`);
      run(environment, root, ['clone', '--quiet', ...options, directory, target]);
      return repositoryAt(root, target, environment);
    },
    dispose: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function isolated(home: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:GIT_.*|EDITOR|VISUAL|PAGER)$/i.test(name));
  return {
    ...Object.fromEntries(own),
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

function run(
  environment: NodeJS.ProcessEnv,
  directory: string,
  args: readonly (string | Buffer)[],
  input?: Buffer,
): string {
  const settings = [
    '-c',
    'user.name=Robin Case',
    '-c',
    'user.email=robin@example.com',
    '-c',
    'protocol.file.allow=always',
  ];
  const output = execFileSync('git', [...settings, ...args.map(String)], {
    cwd: directory,
    env: environment,
    ...(input === undefined ? {} : { input }),
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return output.toString('utf8').replace(/\n$/, '');
}
