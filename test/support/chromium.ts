import { existsSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MissingRequirement, projectRoot, run, toolEnvironment } from './run.mjs';
import { cacheFolder, installAtomically, npmInstall } from './vscodeInstall.ts';

export interface Chromium {
  readonly executablePath: string;
  /** What it needs in its environment, such as where its libraries are. */
  readonly environment: Readonly<Record<string, string>>;
}

const installedNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const installedPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds a Chromium that starts: `$CHROME_PATH`, an installed one, the one inside @sparticuz/chromium, or as root Debian's.
 * Throws `MissingRequirement` with what was tried.
 */
export async function findChromium(): Promise<Chromium> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (await starts(plain(chosen))) return plain(chosen);
    throw new MissingRequirement(`CHROME_PATH is ${chosen}, which does not start.`);
  }
  for (const find of [installedChromium, packagedChromium, debianChromium]) {
    const found = await find();
    if (found && (await starts(found))) return found;
  }
  throw new MissingRequirement(
    'No Chromium starts on this machine: none is on PATH, the one in the npm package @sparticuz/chromium (Linux x64) does not start, and apt-get cannot install one. Install Chromium or Chrome, or set CHROME_PATH to one.',
  );
}

function plain(executablePath: string): Chromium {
  return { executablePath, environment: {} };
}

async function starts(chromium: Chromium): Promise<boolean> {
  const env = { ...toolEnvironment(), ...chromium.environment };
  return (await run(chromium.executablePath, ['--version', '--no-sandbox'], { quiet: true, env })).code === 0;
}

async function installedChromium(): Promise<Chromium | undefined> {
  for (const candidate of [...installedNames, ...installedPaths]) {
    if (await starts(plain(candidate))) return plain(await absolutePath(candidate));
  }
  return undefined;
}

/** Fonts of the unpacked browser; the package's own list points into the file system of a cloud service. */
const fontsConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;

/** Playwright wants a path; `command -v` gives the one that just started. */
async function absolutePath(program: string): Promise<string> {
  if (program.startsWith('/')) return program;
  return (await run('sh', ['-c', 'command -v "$0"', program], { quiet: true })).output.trim();
}

/** Unpacks the browser with the libraries and fonts that a machine without a desktop lacks; once, into the cache. */
async function packagedChromium(): Promise<Chromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(cacheFolder, `chromium-${packageVersion()}`);
  if (!existsSync(folder)) {
    console.log('Unpacking Chromium (npm package @sparticuz/chromium)');
    await installAtomically(folder, unpack);
  }
  const bundled = { executablePath: join(folder, 'chromium'), environment: {} };
  const withFonts = hasFonts() ? bundled : { ...bundled, environment: { FONTCONFIG_PATH: join(folder, 'fonts') } };
  if (await starts(withFonts)) return withFonts;
  return { ...withFonts, environment: { ...withFonts.environment, LD_LIBRARY_PATH: join(folder, 'al2023/lib') } };
}

async function unpack(folder: string): Promise<void> {
  // The package unpacks into the temporary folder of its process and nowhere else.
  const program = `
    import chromium, { inflate } from '@sparticuz/chromium';
    await chromium.executablePath();
    await inflate(process.argv[1]);`;
  const libraries = join(dirname(packageFile()), 'bin/al2023.tar.br');
  const { code, output } = await run(process.execPath, ['--input-type=module', '-e', program, libraries], {
    quiet: true,
    env: { ...toolEnvironment(), TMPDIR: folder },
  });
  if (code !== 0) throw new MissingRequirement(`Unpacking @sparticuz/chromium failed:\n${output}`);
  // Its only font is proportional, and an editor wants another.
  await npmInstall(folder, ['dejavu-fonts-ttf@2.37.3']);
  await cp(join(folder, 'node_modules/dejavu-fonts-ttf/ttf'), join(folder, 'fonts'), { recursive: true });
  await writeFile(join(folder, 'fonts/fonts.conf'), fontsConfiguration);
}

function hasFonts(): boolean {
  return existsSync('/etc/fonts/fonts.conf') && existsSync('/usr/share/fonts');
}

function packageFile(): string {
  return createRequire(join(projectRoot, 'package.json'))
    .resolve('@sparticuz/chromium')
    .replace(/build.index\.js$/, 'package.json');
}

function packageVersion(): string {
  return (createRequire(import.meta.url)(packageFile()) as { version: string }).version;
}

async function debianChromium(): Promise<Chromium | undefined> {
  if (process.getuid?.() !== 0 || (await run('apt-get', ['--version'], { quiet: true })).code !== 0) return undefined;
  console.log('Installing Chromium (apt-get install chromium)');
  const env = { ...toolEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { quiet: true, env });
  const { code } = await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { quiet: true, env });
  return code === 0 ? plain('/usr/bin/chromium') : undefined;
}
