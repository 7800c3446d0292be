import { writeFile } from 'node:fs/promises';
import { runIntegration } from './runIntegration.ts';

// node runIntegrationMain.ts latest|oldest [FILE for the totals as JSON] [pattern of test names]
const [release, file, grep] = process.argv.slice(2);
const totals = await runIntegration(release === 'oldest' ? 'oldest' : 'latest', grep);
if (file) await writeFile(file, JSON.stringify(totals));
process.exitCode = totals.failed > 0 ? 1 : 0;
