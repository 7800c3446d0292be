import { appendFile, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogFiles } from '../../../../src/connect/logFiles.ts';
import { dayMs, hourMs, isoTimeOf, minuteMs } from '../../../../src/incident/isoTime.ts';
import { trafficObservations } from '../../../../src/investigate/traffic/trafficObservations.ts';
import { logView } from '../../../../src/signals/accessLogs/logView.ts';
import { readLogTraffic } from '../../../../src/signals/accessLogs/readLogTraffic.ts';
import { trafficWindows } from '../../../../src/signals/traffic/trafficWindows.ts';

// Files are as old as the machine says: what is read of them begins there.
const nowMs = Math.floor(Date.now() / minuteMs) * minuteMs;
const { signal } = new AbortController();
const limits = { maxBytes: 64 * 1024 * 1024, giveUpMs: 60_000, signal };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayday-traffic-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Wave {
  /** In milliseconds before now. */
  readonly from: number;
  readonly to: number;
  readonly perMinute: number;
  readonly client?: (index: number) => string;
  readonly path?: string;
  readonly agent?: string;
}

/** Lines of `combined` in the order of time. */
function linesOf(waves: readonly Wave[]): string {
  const requests = waves.flatMap(({ from, to, perMinute, client, path = '/cart', agent = 'Firefox' }) => {
    const gap = minuteMs / perMinute;
    const count = Math.round((from - to) / gap);
    return Array.from({ length: count }, (_, index) => ({
      at: nowMs - from + gap * (index + 1),
      host: client?.(index) ?? `198.51.100.${String(index % 40)}`,
      ...{ path, agent },
    }));
  });
  return requests
    .sort((a, b) => a.at - b.at)
    .map(({ at, host, path, agent }) => `${host} - - [${commonTime(at)}] "GET ${path} HTTP/1.1" 200 5 "-" "${agent}"\n`)
    .join('');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function commonTime(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]!}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

async function look(globs: readonly string[], { impactMs = nowMs, maxBytes = limits.maxBytes } = {}) {
  const windows = trafficWindows(isoTimeOf(nowMs), isoTimeOf(impactMs));
  return logView(
    await readLogTraffic(createLogFiles(), { globs, folder }, windows, { ...limits, maxBytes }),
    windows,
    globs.join(', '),
  );
}

const steady: Wave = { from: 2 * hourMs, to: 0, perMinute: 60 };
const otherDay = (days: number, perMinute: number): Wave => ({
  from: days * dayMs + hourMs,
  to: days * dayMs - hourMs,
  perMinute,
});

describe('a log of steady traffic', () => {
  it('is ok, and says what it was compared with', async () => {
    await writeFile(join(folder, 'access.log'), linesOf([otherDay(7, 60), otherDay(1, 60), steady]));
    const { seen, notes, problems, chart, source } = await look(['access.log']);
    expect(seen.rate).toMatchObject({
      verdict: 'ok',
      text: 'are at 1.00/s, neither spike nor drop: 1.00/s in the hour before, 1.00/s at this time yesterday, 1.00/s at this time last week',
    });
    expect(seen.paths).toMatchObject({ verdict: 'ok', text: 'are asked for as before: /cart 100 %' });
    expect(seen.statuses).toMatchObject({ verdict: 'ok', text: 'are as before: 2xx 100 %' });
    expect(seen.clients).toMatchObject({ verdict: 'ok', text: 'are as before: 40 different, 198.51.100.x 100 %' });
    expect(seen.userAgents?.verdict).toBe('ok');
    expect([notes, problems, source]).toEqual([[], [], 'access.log']);
    expect(chart?.lines.map(({ name }) => name)).toEqual(['Today', 'Yesterday', 'Last week']);
    expect(chart?.lines[0]?.points.at(-1)).toEqual([nowMs / 1000, 1]);
  });

  it('a log that begins today has no yesterday, and says so', async () => {
    await writeFile(join(folder, 'access.log'), linesOf([steady]));
    const { seen } = await look(['access.log']);
    expect(seen.rate).toMatchObject({ verdict: 'ok' });
    expect(seen.rate?.text).toContain('nothing known at this time yesterday, nothing known at this time last week');
  });

  it('a log that has just begun is unknown', async () => {
    await writeFile(join(folder, 'access.log'), linesOf([{ ...steady, from: 10 * minuteMs }]));
    const { seen } = await look(['access.log']);
    expect(seen.rate?.verdict).toBe('unknown');
    expect(seen.rate?.text).toContain('with nothing to compare with: the logs are read back to');
    expect(seen.paths?.verdict).toBe('unknown');
  });

  it('one that ended hours ago is never ok', async () => {
    await writeFile(
      join(folder, 'access.log'),
      linesOf([otherDay(7, 60), otherDay(1, 60), { ...steady, from: 9 * hourMs, to: 3 * hourMs }]),
    );
    const { seen } = await look(['access.log']);
    expect(seen.rate?.verdict).not.toBe('ok');
    expect(seen.rate?.text).toContain('the last one in the logs was at');
  });
});

describe('a log whose clock is ahead of ours', () => {
  it('is never ok: what is not served any more looks as if it were', async () => {
    // Nothing for eight minutes, by a clock that is ten minutes ahead.
    await writeFile(join(folder, 'access.log'), linesOf([{ ...steady, to: -2 * minuteMs }]));
    const { seen, problems, doubt } = await look(['access.log']);
    expect(seen.rate?.verdict).toBe('ok');
    expect(doubt).toBe('the clock of the logs is ahead: they may not tell of now');
    expect(problems).toEqual([
      "60 requests are from after now, the last by 2 min: the clock or the time zone of the logs is not this machine's.",
    ]);
    const view = { source: 'access.log', seen, problems, doubt: doubt ?? '', notes: [] };
    const observations = trafficObservations('checkout', view, isoTimeOf(nowMs));
    expect(observations.map(({ verdict }) => verdict)).not.toContain('ok');
    expect(observations.at(-1)?.text).toContain('do not tell all: 60 requests are from after now');
  });

  it('requests that come while it is read are nothing', async () => {
    await writeFile(join(folder, 'access.log'), linesOf([{ ...steady, to: -minuteMs / 2 }]));
    expect(await look(['access.log'])).toMatchObject({ problems: [], seen: { rate: { verdict: 'ok' } } });
  });

  it('by more than all that it holds is no log without requests', async () => {
    await writeFile(join(folder, 'access.log'), linesOf([{ from: -hourMs, to: -2 * hourMs, perMinute: 60 }]));
    await expect(look(['access.log'])).rejects.toMatchObject({ reason: 'outside', message: /from after now/ });
  });
});

describe('unusual traffic', () => {
  it.each<[string, Wave[], { impactMs?: number }, string, string]>([
    ['a spike', [steady, { from: 5 * minuteMs, to: 0, perMinute: 600 }], {}, 'bad', 'are at 11.0/s, spike'],
    [
      'a drop',
      [
        { ...steady, to: 5 * minuteMs },
        { from: 5 * minuteMs, to: 0, perMinute: 6 },
      ],
      {},
      'bad',
      'are at 0.10/s, dropped',
    ],
    ['nothing any more', [{ ...steady, to: 20 * minuteMs }], {}, 'bad', 'are at 0/s, dropped'],
    [
      'what began with impact is not usual',
      [
        { ...steady, from: 3 * hourMs },
        { from: 50 * minuteMs, to: 0, perMinute: 300 },
      ],
      { impactMs: nowMs - 50 * minuteMs },
      'bad',
      '1.00/s in the hour before impact (6.0 times as many)',
    ],
  ])('%s', async (_, waves, options, verdict, text) => {
    await writeFile(join(folder, 'access.log'), linesOf(waves));
    const { seen } = await look(['access.log'], options);
    expect(seen.rate?.verdict).toBe(verdict);
    expect(seen.rate?.text).toContain(text);
  });

  it('one client, one path and one user agent, without telling the address', async () => {
    const attack: Wave = {
      from: 4 * minuteMs,
      to: 0,
      perMinute: 300,
      client: () => '203.0.113.7',
      path: '/search?q=1',
      agent: 'python-requests/2.32',
    };
    await writeFile(join(folder, 'access.log'), linesOf([steady, attack]));
    const view = await look(['access.log']);
    expect(view.seen.clients).toMatchObject({
      verdict: 'suspicious',
      text: 'are unusual: one of 203.0.113.x makes 80 % of requests (0 % in the hour before)',
    });
    expect(view.seen.paths?.text).toContain('/search 80 % of requests');
    expect(view.seen.userAgents?.text).toContain('"python-requests/2.32" 80 % of requests');
    expect(JSON.stringify(view)).not.toContain('203.0.113.7');
  });

  it('many new clients at once', async () => {
    const crowd: Wave = {
      from: 5 * minuteMs,
      to: 0,
      perMinute: 300,
      client: (index) => `203.${String(index % 200)}.${String(index)}.9`.replace(/\.(\d{4,})\./, '.7.'),
    };
    await writeFile(join(folder, 'access.log'), linesOf([steady, crowd]));
    const { seen } = await look(['access.log']);
    expect(seen.clients?.verdict).toBe('suspicious');
    expect(seen.clients?.text).toContain('different ones at once');
  });
});

describe('what is not whole', () => {
  it('several files are one: a rotated one counts when its glob says so', async () => {
    await writeFile(join(folder, 'access.log.1'), linesOf([{ ...steady, to: 30 * minuteMs }]));
    await writeFile(join(folder, 'access.log'), linesOf([{ ...steady, from: 30 * minuteMs }]));
    expect((await look(['access.log*'])).seen.rate?.verdict).toBe('ok');
    expect((await look(['access.log*'])).seen.rate?.details[0]).toContain('in 56 slices of time');
    expect((await look(['access.log'])).seen.rate?.details[0]).toMatch(/in 2\d slices of time/);
  });

  it('lines that are none are counted and said; many of them are a problem', async () => {
    const strange = `${'x'.repeat(1024 * 1024)}\n{"status":200,\n[click](command:evil)\n\u0000\u001b[31m\n`;
    await writeFile(join(folder, 'access.log'), `${linesOf([steady])}${strange}`);
    const { seen, notes, problems } = await look(['access.log']);
    expect(seen.rate?.verdict).toBe('ok');
    expect([notes, problems]).toEqual([['4 of 7204 lines could not be read: neither common, combined nor JSON.'], []]);
    await appendFile(join(folder, 'access.log'), 'nothing\n'.repeat(2000));
    expect((await look(['access.log'])).problems).toEqual([
      '2004 of 9204 lines could not be read: neither common, combined nor JSON.',
    ]);
  });

  it('reads no more than it may, and says how far it came', async () => {
    await writeFile(join(folder, 'access.log'), linesOf([{ ...steady, from: 5 * hourMs, perMinute: 300 }]));
    const { seen, notes } = await look(['access.log'], { maxBytes: 256 * 1024 });
    expect(seen.rate?.verdict).toBe('unknown');
    expect(notes[0]).toMatch(
      /^Of access\.log only the last 256 KB of \d MB were read, back to \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/,
    );
  });

  it('a small file leaves a large one what it does not need, and both are read back to where both were', async () => {
    await writeFile(join(folder, 'small.log'), linesOf([{ ...steady, perMinute: 6 }]));
    await writeFile(join(folder, 'large.log'), linesOf([{ ...steady, from: 5 * hourMs, perMinute: 300 }]));
    const { seen, notes } = await look(['*.log'], { maxBytes: 2 * 1024 * 1024 });
    expect(seen.rate?.verdict).toBe('ok');
    expect(notes.join()).toContain('Of large.log only the last 2 MB');
  });

  it.runIf(process.getuid?.() !== 0)('a file that may not be read is a problem', async () => {
    await writeFile(join(folder, 'access.log'), linesOf([steady]));
    await writeFile(join(folder, 'secret.log'), linesOf([steady]));
    await chmod(join(folder, 'secret.log'), 0);
    expect((await look(['*.log'])).problems[0]).toContain('secret.log could not be read');
  });

  it.each([
    ['nothing matches', ['gone/*.log'], 'No access log matches gone/*.log.'],
    ['nothing is in it', ['empty.log'], 'No request of the last week is in empty.log.'],
    ['it is no access log', ['other.log'], '2 of 2 lines could not be read'],
    ['it is older than a week', ['old.log'], 'No request of the last week is in old.log.'],
  ])('%s', async (_, globs, message) => {
    await writeFile(join(folder, 'empty.log'), '');
    await writeFile(join(folder, 'other.log'), 'hello\nworld\n');
    await writeFile(join(folder, 'old.log'), linesOf([{ from: 30 * dayMs, to: 30 * dayMs - hourMs, perMinute: 1 }]));
    await expect(look(globs)).rejects.toThrow(message);
  });

  it('can be cancelled', async () => {
    await writeFile(join(folder, 'access.log'), linesOf([steady]));
    const windows = trafficWindows(isoTimeOf(nowMs), isoTimeOf(nowMs));
    const reading = readLogTraffic(createLogFiles(), { globs: ['*.log'], folder }, windows, {
      ...limits,
      signal: AbortSignal.abort(),
    });
    await expect(reading).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
