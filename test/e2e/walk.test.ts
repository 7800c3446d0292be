import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createCleanup } from '../support/cleanup.ts';
import { projectRoot } from '../support/run.mjs';
import { screenshotName } from './autoDemo.ts';
import { openDrill } from './openDrill.ts';
import { walk } from './walk.ts';

/** What `npm run demo -- --auto` does, a test for each step; the pictures are in out/e2e/walk. */
describe('a whole incident on a drill', () => {
  const cleanup = createCleanup();
  let opened: Awaited<ReturnType<typeof openDrill>>;
  let failed = false;

  beforeAll(async () => {
    opened = await openDrill(cleanup, new AbortController().signal);
  });
  afterAll(() => cleanup.run());

  it.for(walk.map((step, index) => ({ ...step, index })))('$name', async ({ name, index, run }, { skip }) => {
    if (failed) skip('Not tried: an earlier step failed.');
    failed = true;
    try {
      await run(opened.workbench, opened.drill);
      failed = false;
    } finally {
      await opened.workbench.screenshot(join(projectRoot, 'out/e2e/walk', screenshotName(index, name)));
    }
  });
});
