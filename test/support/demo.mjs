// `npm run demo`: a drill in VS Code; `npm run demo -- --auto --out DIR`: the same with no person.
import { installAndRun } from './install.mjs';

await installAndRun('test/e2e/demo.ts');
