import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './chromium.ts';
import { toolEnvironment } from './run.mjs';

/** Starts a headless Chromium that asks nothing of the network by itself. It ends with this process, however that dies. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, environment } = await findChromium();
  return chromium.launch({
    executablePath,
    // On a signal Playwright would end this process before it has cleaned up.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    env: { ...definedVariables(toolEnvironment()), ...environment },
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      // A hidden or unfocused page would have its timers slowed down.
      ...['--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
    ],
  });
}

function definedVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
