import { describe, expect } from 'vitest';
import { test } from './test.ts';

describe('the extension in a window', () => {
  test('offers its commands in the palette', async ({ workbench }) => {
    expect(await workbench.palette.commands('Incident: Show Log')).toContain('Incident: Show Log');
  });
});
