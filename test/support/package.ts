import { createVSIX } from '@vscode/vsce';
import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packagedReadme } from './packagedReadme.ts';
import { projectRoot, run } from './run.mjs';
import { packagedFiles, unpackExtension } from './unpackedExtension.ts';

// Builds for production, writes mayday-<version>.vsix and prints what is in it. `--built` takes the build that is there.
if (!process.argv.includes('--built')) {
  const { code } = await run(process.execPath, ['esbuild.js', '--production']);
  if (code !== 0) process.exit(code);
}
const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
const packagePath = join(projectRoot, `mayday-${version}.vsix`);
// vsce looks at every file below its folder, which takes seconds where VS Code is installed beside the sources.
const unpacked = await unpackExtension();
try {
  await cp(join(projectRoot, '.vscodeignore'), join(unpacked.folder, '.vscodeignore'));
  const readme = await readFile(join(projectRoot, 'README.md'), 'utf8');
  await writeFile(join(unpacked.folder, 'README.md'), packagedReadme(readme));
  await createVSIX({ cwd: unpacked.folder, packagePath, dependencies: false, allowMissingRepository: true });
} finally {
  await unpacked.remove();
}
for (const file of await packagedFiles()) {
  console.log(`${String((await stat(join(projectRoot, file))).size).padStart(8)}  ${file}`);
}
console.log(`${packagePath}: ${((await stat(packagePath)).size / 1024).toFixed(0)} KB`);
