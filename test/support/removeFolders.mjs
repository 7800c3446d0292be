// Reads paths of folders from standard input, a line each. When that ends, as it does when the process that started this one
// dies in whatever way, removes those that are still there.
import { rm } from 'node:fs/promises';

let input = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  input += text;
});
process.stdin.on('end', async () => {
  const folders = input.split('\n').filter((line) => line !== '');
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});
// An interrupt is meant for the process that started this one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
