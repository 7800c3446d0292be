// `npm run test:electron`: the integration suite in a downloaded desktop VS Code.
import { installAndRun } from './install.mjs';

await installAndRun('test/support/electron.ts');
