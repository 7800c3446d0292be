import type { TestProject } from 'vitest/node';
import { findChromium } from '../support/chromium.ts';
import { unpackExtension } from '../support/unpackedExtension.ts';
import { installVscode } from '../support/vscodeInstall.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute path of the built extension, laid out as an install does. */
    readonly extensionFolder: string;
  }
}

/** Has at hand what every window needs, so that no test's time includes an install. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await installVscode('latest');
  await findChromium();
  const extension = await unpackExtension();
  project.provide('extensionFolder', extension.folder);
  return () => extension.remove();
}
