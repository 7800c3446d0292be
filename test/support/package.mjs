// `npm run package`: the VSIX.
import { installAndRun } from './install.mjs';

await installAndRun('test/support/package.ts');
