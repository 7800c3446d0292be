import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import { contentDifferences } from '../readers/locks/contentDifferences.ts';
import { directNames } from '../readers/locks/directNames.ts';
import { readGoMod, readGoSum } from '../readers/locks/goLock.ts';
import { lockDifferences } from '../readers/locks/lockDifferences.ts';
import type { LockFile, ReadsLockFile } from '../readers/locks/lockedPackage.ts';
import { readNpmLock } from '../readers/locks/npmLock.ts';
import { readCargoLock, readPythonLock } from '../readers/locks/packageTables.ts';
import { readPnpmLock } from '../readers/locks/pnpmLock.ts';
import { readPipfileLock, readRequirements } from '../readers/locks/pythonPins.ts';
import { readComposerLock, readGemfileLock } from '../readers/locks/rubyAndPhpLock.ts';
import { readYarnLock } from '../readers/locks/yarnLock.ts';

/** Lock files of npm, pnpm, Yarn, Python, Go, Cargo, Bundler and Composer: versions, and what looks like tampering. */
export const lockFile: ConfigurationFormat = {
  kind: 'lockFile',
  name: 'Lock file',
  fits: (path) => readerOf(path) !== undefined,
  beside: (path) => {
    const manifest = readerOf(path)?.manifest(path);
    return manifest === undefined ? [] : [`${path.slice(0, path.lastIndexOf('/') + 1)}${manifest}`];
  },
  differences,
};

interface LockReader {
  readonly read: ReadsLockFile;
  /** The file in the same folder that says what is direct; undefined where the lock file says it itself. */
  readonly manifest: (path: string) => string | undefined;
}

const named = (read: ReadsLockFile, manifest?: string): LockReader => ({ read, manifest: () => manifest });

const readers: Readonly<Record<string, LockReader>> = {
  'package-lock.json': named(readNpmLock, 'package.json'),
  'npm-shrinkwrap.json': named(readNpmLock, 'package.json'),
  'pnpm-lock.yaml': named(readPnpmLock),
  'yarn.lock': named(readYarnLock, 'package.json'),
  'poetry.lock': named(readPythonLock, 'pyproject.toml'),
  'pdm.lock': named(readPythonLock, 'pyproject.toml'),
  'uv.lock': named(readPythonLock, 'pyproject.toml'),
  'Pipfile.lock': named(readPipfileLock, 'Pipfile'),
  'go.mod': named(readGoMod),
  'go.sum': named(readGoSum, 'go.mod'),
  'Cargo.lock': named(readCargoLock),
  'Gemfile.lock': named(readGemfileLock),
  'composer.lock': named(readComposerLock, 'composer.json'),
};

const requirements: LockReader = {
  read: readRequirements,
  manifest: (path) => `${path.slice(path.lastIndexOf('/') + 1, -'.txt'.length)}.in`,
};

function readerOf(path: string): LockReader | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (Object.hasOwn(readers, name)) return readers[name];
  const isRequirements = /^(?:[\w.-]{0,60}[.-])?(?:requirements|constraints)(?:[.-][\w.-]{1,60})?\.txt$/i.test(name);
  return isRequirements || /(^|\/)requirements\/[\w.-]{1,60}\.txt$/i.test(path) ? requirements : undefined;
}

function differences({ path, before, after, beside }: FileVersions): readonly Difference[] {
  const reader = readerOf(path);
  if (reader === undefined) return [];
  const [manifest] = lockFile.beside?.(path) ?? [];
  const text = manifest === undefined ? undefined : beside.get(manifest);
  const direct = manifest === undefined || text === undefined ? undefined : directNames(manifest, text);
  const read = (version: string | undefined): LockFile =>
    version === undefined || version.trim() === '' ? { packages: [], settings: [] } : reader.read(version, direct);
  return path.endsWith('go.sum')
    ? goSumDifferences(read(before), read(after))
    : lockDifferences(read(before), read(after));
}

/** A go.sum also holds versions that are not built; which ones are, go.mod tells. */
function goSumDifferences(before: LockFile, after: LockFile): readonly Difference[] {
  const told = contentDifferences(before.packages, after.packages);
  const was = new Set(before.packages.map(({ name, version }) => `${name} ${version}`));
  const is = new Set(after.packages.map(({ name, version }) => `${name} ${version}`));
  const come = [...is].filter((one) => !was.has(one)).length;
  const gone = [...was].filter((one) => !is.has(one)).length;
  const text = `${come === 1 ? '1 version of a module' : `${come} versions of modules`} added, ${gone} removed`;
  return come + gone === 0 ? told : [...told, { kind: 'told', text, note: 'go.mod tells which are used' }];
}
