// `npm test`: everything; `npm test -- unit e2e`: only these steps (see testSteps.ts).
import { installAndRun } from './install.mjs';

await installAndRun('test/support/test.ts');
