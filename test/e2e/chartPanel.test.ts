import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, onTestFinished } from 'vitest';
import type { PanelContent, PanelRequest } from '../../src/editor/charts/chartMessages.ts';
import { panelPage } from '../../src/editor/charts/panelPage.ts';
import { errorChart } from '../support/builders/sampleCharts.ts';
import { sampleChecks, samplePanel } from '../support/builders/samplePanel.ts';
import { freshBuild } from '../support/freshBuild.ts';
import { projectRoot } from '../support/run.mjs';
import { test } from './test.ts';

// The page of the chart panel as it is built, in a browser with a stand-in for VS Code: its policy, its keys, its themes.

const address = 'https://panel.example.org/';

const themes = {
  dark: { foreground: '#cccccc', background: '#1f1f1f', description: '#9d9d9d', border: '#2b2b2b', contrast: '', blue: '#59a4f9', red: '#f14c4c', green: '#89d185', orange: '#d18616', purple: '#b180d7', yellow: '#cca700' }, // prettier-ignore
  light: { foreground: '#3b3b3b', background: '#ffffff', description: '#6a6a6a', border: '#e5e5e5', contrast: '', blue: '#0063d3', red: '#e51400', green: '#388a34', orange: '#d18616', purple: '#652d90', yellow: '#bf8803' }, // prettier-ignore
  'high-contrast': { foreground: '#ffffff', background: '#000000', description: '#ffffff', border: '#6fc3df', contrast: '#6fc3df', blue: '#59a4f9', red: '#f48771', green: '#89d185', orange: '#d18616', purple: '#b180d7', yellow: '#cca700' }, // prettier-ignore
} as const;

interface Panel {
  readonly page: Page;
  show(content: PanelContent): Promise<void>;
  /** What the page asked for, and what it complained about. */
  requests(): Promise<readonly PanelRequest[]>;
  readonly problems: readonly string[];
}

async function openPanel(browser: Browser, theme: keyof typeof themes = 'dark', state?: unknown): Promise<Panel> {
  const page = await browser.newPage({ viewport: { width: 900, height: 1000 } });
  onTestFinished(() => page.close());
  page.setDefaultTimeout(5000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const names = { nonce: 'abc', script: `${address}chartPanel.js`, style: `${address}chartPanel.css` };
  const html = panelPage({ ...names, source: address, language: 'en', title: 'Charts', loading: 'Reading charts…' });
  await page.route('**/*', async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') await route.fulfill({ contentType: 'text/html', body: html });
    else if (/^chartPanel\.(?:js|css)$/.test(name)) await route.fulfill({ path: join(projectRoot, 'dist', name) });
    else {
      problems.push(`asked for ${route.request().url()}`);
      await route.abort();
    }
  });
  await page.addInitScript((saved: unknown) => {
    // What Chromium says in a POSIX locale.
    Object.defineProperty(navigator, 'language', { value: 'en-US@posix', configurable: true });
    const host = { requests: [] as unknown[], state: saved };
    Object.assign(globalThis, {
      host,
      acquireVsCodeApi: () => ({
        postMessage: (request: unknown) => host.requests.push(request),
        getState: () => host.state,
        setState: (next: unknown) => (host.state = next),
      }),
    });
  }, state);
  await page.goto(address);
  await setTheme(page, theme);
  return {
    page,
    problems,
    show: async (content) => {
      await page.evaluate(`window.dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(content)} }))`);
    },
    requests: () => page.evaluate('host.requests'),
  };
}

/** As VS Code does: variables of the root, a class of the body. */
async function setTheme(page: Page, theme: keyof typeof themes): Promise<void> {
  const { foreground, background, description, border, contrast, ...charts } = themes[theme];
  const variables = {
    '--vscode-font-family': 'DejaVu Sans, sans-serif',
    '--vscode-foreground': foreground,
    '--vscode-editor-background': background,
    '--vscode-descriptionForeground': description,
    '--vscode-panel-border': border,
    '--vscode-focusBorder': charts.blue,
    '--vscode-charts-lines': `${foreground}80`,
    ...(contrast === '' ? { '--vscode-button-secondaryBackground': border } : {}),
    ...(contrast === '' ? {} : { '--vscode-contrastBorder': contrast }),
    ...Object.fromEntries(Object.entries(charts).map(([name, colour]) => [`--vscode-charts-${name}`, colour])),
  };
  await page.evaluate(`(() => {
    const { style } = document.documentElement;
    style.cssText = '';
    for (const [name, value] of Object.entries(${JSON.stringify(variables)})) style.setProperty(name, value);
    document.body.className = ${JSON.stringify(`vscode-${theme}`)};
  })()`);
}

/** How many pixels of the first chart have about this colour. */
async function pixelsOf(page: Page, colour: string): Promise<number> {
  const found = await page.evaluate(`(() => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const wanted = [1, 3, 5].map((at) => parseInt(${JSON.stringify(colour)}.slice(at, at + 2), 16));
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      const near = wanted.every((value, index) => Math.abs(value - data[at + index]) < 12);
      if (near && data[at + 3] > 200) found += 1;
    }
    return found;
  })()`);
  return Number(found);
}

beforeAll(async () => {
  await freshBuild();
  await mkdir(join(projectRoot, 'out/e2e'), { recursive: true });
}, 120_000);

describe('the chart panel', () => {
  test.for(Object.keys(themes) as (keyof typeof themes)[])(
    'draws in the colours of a %s theme',
    async (theme, { browser }) => {
      const { page, show, problems } = await openPanel(browser, theme);
      await show(samplePanel());
      await page.locator('canvas').nth(1).waitFor();
      await page.screenshot({ path: join(projectRoot, `out/e2e/chart-panel-${theme}.png`), fullPage: true });
      for (const colour of ['blue', 'orange', 'red', 'green'] as const) {
        expect(await pixelsOf(page, themes[theme][colour]), colour).toBeGreaterThan(20);
      }
      expect(problems).toEqual([]);
    },
  );

  test('draws anew when the theme changes', async ({ browser }) => {
    const { page, show } = await openPanel(browser, 'dark');
    await show(samplePanel());
    await page.locator('canvas').first().waitFor();
    await setTheme(page, 'light');
    await expect.poll(() => pixelsOf(page, themes.light.blue)).toBeGreaterThan(20);
    expect(await pixelsOf(page, themes.dark.blue)).toBe(0);
  });

  test('is used with the keyboard, and tells a screen reader the values', async ({ browser }) => {
    const { page, show } = await openPanel(browser);
    await show(samplePanel());
    const plot = page.getByRole('application', { name: 'checkout: error ratio' });
    const said = page.locator('#said');
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await said.textContent()).toBe('2026-11-23 06:40:00 UTC. errors: 0.2 %. the hour before: 0.3 %');
    await page.keyboard.press('ArrowLeft');
    expect(await said.textContent()).toContain('2026-11-23 06:39:00 UTC');
    await page.keyboard.press('Home');
    expect(await said.textContent()).toContain('2026-11-23 05:00:00 UTC');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowRight');
    expect(await said.textContent()).toContain('2026-11-23 05:11:00 UTC');
    await page.keyboard.press('End');
    expect(await page.locator('.readout').first().textContent()).toBe('At 2026-11-23 06:40:00 UTC');
    // The other chart shows the same moment.
    expect(await page.locator('.readout').nth(1).textContent()).toBe('At 2026-11-23 06:40:00 UTC');
    await page.keyboard.press('Escape');
    expect(await page.locator('.readout').first().textContent()).toBe('Last, 2026-11-23 06:40:00 UTC');

    const mark = page.getByRole('button', { name: /Impact start/ }).first();
    await mark.focus();
    await page.keyboard.press('Enter');
    expect(await said.textContent()).toBe(
      '2026-11-23 05:49:00 UTC. errors: 29 %. the hour before: 0.4 %. Impact start',
    );
  });

  test('shows the values under the mouse', async ({ browser }) => {
    const { page, show } = await openPanel(browser);
    await show(samplePanel());
    const over = page.locator('.u-over').first();
    const { width, height } = (await over.boundingBox())!;
    await over.hover({ position: { x: width * 0.6, y: height / 2 } });
    await expect
      .poll(() => page.locator('.readout').first().textContent())
      .toMatch(/^At 2026-11-23 06:00:00 UTC · Detected$/);
    expect(await page.locator('.value').first().textContent()).toBe('31 %');
    expect(await page.locator('#said').textContent()).toBe('');
  });

  test('has a table behind each chart', async ({ browser }) => {
    const { page, show } = await openPanel(browser);
    await show(samplePanel());
    const toggle = page.getByRole('button', { name: 'Show as Table' }).first();
    await toggle.click();
    const table = page.getByRole('table', { name: 'checkout: error ratio' });
    expect(await table.getByRole('row').count()).toBe(102);
    expect(await table.getByRole('columnheader').allTextContents()).toEqual([
      'Time',
      'errors',
      'the hour before',
      'What happened',
    ]);
    expect(await table.getByRole('row', { name: /05:49:00/ }).textContent()).toBe(
      '2026-11-23 05:49:00 UTC29 %0.4 %Impact start',
    );
    expect(await table.getByRole('row', { name: /05:33:00/ }).textContent()).toContain('no value');
    await page.getByRole('button', { name: 'Show as Chart' }).click();
    expect(await page.locator('canvas').first().isVisible()).toBe(true);
  });

  test('keeps cursor, table and focus when the incident changes, and when it was hidden', async ({ browser }) => {
    const { page, show } = await openPanel(browser);
    await show(samplePanel());
    await page.getByRole('application', { name: 'checkout: error ratio' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Show as Table' }).nth(1).click();
    await page
      .getByRole('button', { name: /Impact start/ })
      .first()
      .focus();
    const [metrics, traffic] = sampleChecks();
    const more = { ...errorChart(), title: 'checkout: errors', lines: errorChart().lines.slice(0, 1) };
    await show(samplePanel([{ ...metrics!, charts: [more, ...metrics!.charts.slice(1)] }, traffic!]));
    expect(await page.locator('.readout').first().textContent()).toBe('At 2026-11-23 05:01:00 UTC');
    // The line of the cursor stands where it stood.
    const lineAt = "new DOMMatrix(getComputedStyle(document.querySelector('.u-cursor-x')).transform).e";
    expect(await page.evaluate(lineAt)).toBeGreaterThan(0);
    expect(await page.locator('table').count()).toBe(1);
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Impact start');
    expect(await page.locator('h3').first().textContent()).toBe('checkout: errors');

    await expect.poll(() => page.evaluate('JSON.stringify(host.state)')).toContain('"table":true');
    const again = await openPanel(browser, 'dark', await page.evaluate('host.state'));
    await again.show(samplePanel());
    expect(await again.page.locator('.readout').first().textContent()).toBe('At 2026-11-23 05:01:00 UTC');
    expect(await again.page.locator('table').count()).toBe(1);
  });

  test('asks the extension for what it cannot do', async ({ browser }) => {
    const { page, show, requests } = await openPanel(browser);
    await show(samplePanel());
    await page.getByRole('button', { name: 'Export to Post-mortem' }).click();
    await page.getByRole('button', { name: 'Open Dashboard checkout: RED' }).click();
    await page.getByRole('button', { name: 'Investigate' }).click();
    expect(await requests()).toEqual([
      { kind: 'ready' },
      { kind: 'exportChart', check: 'metrics', chart: 'checkout/latency' },
      { kind: 'openDashboard', service: 'checkout', name: 'RED' },
      { kind: 'investigate' },
    ]);
  });

  test('says why there is no chart, and offers nothing in Restricted Mode', async ({ browser }) => {
    const { page, show } = await openPanel(browser);
    await show(samplePanel(undefined, { canAct: false }));
    expect(await page.locator('.reason').allTextContents()).toEqual([
      'This check has not run yet: Incident: Investigate runs it.',
    ]);
    expect(await page.getByRole('button', { name: /Export|Dashboard|Investigate/ }).count()).toBe(0);
  });

  test('shows what strangers wrote as text, and runs nothing of it', async ({ browser }) => {
    const { page, show, problems } = await openPanel(browser);
    const nasty = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
    const chart = { ...errorChart(), title: nasty, source: nasty, lines: [{ ...errorChart().lines[0]!, name: nasty }] };
    await show(samplePanel([{ check: 'metrics', name: nasty, charts: [chart] }]));
    await page.getByRole('button', { name: 'Show as Table' }).click();
    expect(await page.locator('h3').textContent()).toContain('<img src=x');
    expect(await page.locator('img, main script').count()).toBe(0);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(problems).toEqual([]);
    // The policy holds even if something got in.
    const image = '<img src="https://elsewhere.example.org/x.png" onerror="window.hit=1">';
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(image)})`);
    await expect.poll(() => problems.join()).toContain('Content Security Policy');
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });

  test('ignores what is no message of the extension, and draws charts without values', async ({ browser }) => {
    const { page, show, problems } = await openPanel(browser);
    await show({ kind: 'charts', title: 'x', sections: [{}] } as never);
    expect(await page.locator('main').textContent()).toBe('');
    const empty = {
      ...errorChart(),
      lines: [
        { name: 'errors', points: [] },
        { name: 'none', points: [[5, null]] },
      ],
    } as const;
    const one = {
      ...errorChart(),
      id: 'one',
      title: 'one',
      lines: [{ name: 'errors', points: [[1_795_410_000, 0.5]] }],
    } as const;
    await show(samplePanel([{ check: 'metrics', name: 'Metrics', charts: [{ ...empty, lines: [empty.lines[0]] }, { ...empty, id: 'b' }, one] }])); // prettier-ignore
    expect(await page.locator('.readout').allTextContents()).toEqual([
      'No values.',
      'Last, 1970-01-01 00:00:05 UTC',
      'Last, 2026-11-23 05:00:00 UTC',
    ]);
    expect(await page.locator('.value').last().textContent()).toBe('50 %');
    expect(problems).toEqual([]);
  });
});
