import { describe, expect, it } from 'vitest';
import { parseTrace } from '../../../../src/changes/stackTrace/parseTrace.ts';
import { traceSummary } from '../../../support/builders/traceSummary.ts';

const stack = [
  'TypeError: x is not a function',
  '    at add (/app/src/cart.js:12:3)',
  '    at async main (/app/src/main.js:3:1)',
].join('\n');
const read = [
  'javascript',
  'TypeError: x is not a function',
  '- add /app/src/cart.js:12:3',
  '- main /app/src/main.js:3:1',
].join('\n');
const within = (wrap: (line: string) => string): string => stack.split('\n').map(wrap).join('\n');

const cases: readonly (readonly [what: string, text: string])[] = [
  ['plain', stack],
  ['with \\r\\n', stack.replaceAll('\n', '\r\n')],
  ['with colours', within((line) => `\u001b[31m${line}\u001b[39m`)],
  [
    'err.stack of a JSON line',
    JSON.stringify({ level: 50, time: 1, err: { type: 'TypeError', stack }, msg: 'failed' }),
  ],
  ['stack of a JSON line', JSON.stringify({ level: 'error', message: 'failed', stack })],
  ['exception.stacktrace of OpenTelemetry', JSON.stringify({ attributes: { 'exception.stacktrace': stack } })],
  ['error.stack_trace of ECS', JSON.stringify({ 'error.stack_trace': stack, '@timestamp': 'x' })],
  ['a stack that is a list of lines', JSON.stringify({ stack: stack.split('\n') })],
  ['a message that is the stack', JSON.stringify({ severity: 'ERROR', message: stack })],
  [
    'JSON in JSON, as Docker keeps it',
    `${JSON.stringify({ log: `${JSON.stringify({ stack })}\n`, stream: 'stderr' })}\n`,
  ],
  ['one JSON line for each line of output', within((line) => JSON.stringify({ log: `${line}\n`, stream: 'stderr' }))],
  ['a JSON line behind a prefix', `checkout-1  | ${JSON.stringify({ stack })}`],
  ['a JSON field of a pretty-printed entry', JSON.stringify({ level: 'error', err: { stack } }, null, 2)],
  ['a JSON line that was cut', JSON.stringify({ stack, more: 'x' }).slice(0, -6)],
  ['logfmt', `ts=1 level=error msg="failed" stack=${JSON.stringify(stack)} user=7`],
  ['docker compose', within((line) => `checkout-1  | ${line}`)],
  ['docker compose with times', within((line) => `checkout-1  | 2026-11-23T10:00:00.123456789Z ${line}`)],
  ['docker logs --timestamps', within((line) => `2026-11-23T10:00:00.123456789Z ${line}`)],
  ['kubectl logs --prefix', within((line) => `[pod/checkout-6d5f8b7c9-x2x7q/checkout] ${line}`)],
  [
    'kubectl logs --prefix --timestamps',
    within((line) => `[pod/checkout-6d5f8b7c9-x2x7q/app] 2026-11-23T10:00:00Z ${line}`),
  ],
  ['stern', within((line) => `checkout-6d5f8b7c9-x2x7q checkout ${line}`)],
  ['a container runtime’s file', within((line) => `2026-11-23T10:00:00.123Z stderr F ${line}`)],
  ['syslog', within((line) => `Nov 23 10:00:00 web-1 checkout[4711]: ${line}`)],
  ['journalctl -o short-iso', within((line) => `2026-11-23T10:00:00+0000 web-1 checkout[4711]: ${line}`)],
  ['journalctl -o short-precise', within((line) => `Nov 23 10:00:00.123456 web-1 checkout[4711]: ${line}`)],
  ['journalctl -o short-full', within((line) => `Mon 2026-11-23 10:00:00 UTC web-1 checkout[4711]: ${line}`)],
  ['rsyslog', within((line) => `2026-11-23T10:00:00.123456+00:00 web-1 checkout[4711]: ${line}`)],
  ['Heroku', within((line) => `2026-11-23T10:00:00.123456+00:00 app[web.1]: ${line}`)],
  ['a mail', within((line) => `> ${line}`)],
  ['a time with its zone', within((line) => `[2026-11-23 10:00:00+0100] ${line}`)],
  ['a time with its zone apart', within((line) => `[2026-11-23 10:00:00 +0100] ${line}`)],
  ['a level before the error', stack.replace('TypeError', '[ERROR] TypeError')],
  ['Markdown', `\`\`\`\n${stack}\n\`\`\``],
];

describe('traces in excerpts of logs', () => {
  it.each(cases)('%s', (_what, text) => {
    expect(traceSummary(text)).toBe(read);
  });

  it('counts what is there many times', () => {
    const line = JSON.stringify({ level: 'error', err: { stack } });
    const other = JSON.stringify({ level: 'info', msg: 'request', status: 200 });
    expect(traceSummary([line, other, line, other, line].join('\n'))).toBe(
      read.replace('x is not a function', 'x is not a function (3 times)'),
    );
  });

  it('says what it looked for where there is none', () => {
    const trace = parseTrace('GET /health 200\nGET /checkout 500\n');
    expect(trace).toMatchObject({ kind: 'nothing', isCut: false });
    expect(trace.kind === 'nothing' && trace.lookedFor).toMatch(/JavaScript and TypeScript, Python, .*JSON log lines/);
  });

  it('looks through the first megabyte, and says that there is more', () => {
    const filler = 'GET /health 200\n'.repeat(70_000);
    expect(parseTrace(filler + stack)).toMatchObject({ kind: 'nothing', isCut: true });
    expect(parseTrace(stack + filler)).toMatchObject({ kind: 'trace', isCut: true });
  });
});
