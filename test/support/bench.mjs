// `npm run bench`: every benchmark; `npm run bench -- append fold --json FILE`: only these, and their figures as JSON.
import { installAndRun } from './install.mjs';

await installAndRun('test/bench/bench.ts');
