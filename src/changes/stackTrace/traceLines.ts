import { visibleText } from '../../safety/visibleText.ts';
import { stacksOfLine } from './stacksOfLine.ts';

/** So much of a text is looked through, in UTF-16 units. */
export const traceLimit = 1024 * 1024;

/** A longer line is no line of a trace. */
const longestLine = 4000;

/** What collectors put before a line, the outermost first. Nothing in it tells of an error. */
const prefixes: readonly RegExp[] = [
  /^> ?/, // a quotation
  /^\[pod\/[^\]\s]{1,300}\] /, // kubectl logs --prefix
  /^(?:\d{1,4}\|)?[\w./-]{1,100} {0,60}\| ?/, // docker compose, PM2
  /^[a-z0-9-]{1,200}-[a-z0-9]{8,10}-[a-z0-9]{5} [a-z0-9-]{1,100} /, // stern
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})? [\w.-]{1,100} [\w./-]{1,80}(?:\[\d{1,10}\])?: /, // syslog
  // journalctl -o short-iso and short-full, rsyslog
  /^(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z| [A-Z]{2,5}| ?[+-]\d\d:?\d\d)? [\w.-]{1,100} [\w./@-]{1,80}\[\d{1,10}\]: /,
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| UTC| ?[+-]\d\d:?\d\d)?\]?(?: |\t|$)/,
  /^(?:stdout|stderr) [FP] /, // container runtimes, after their time
  /^(?:app|heroku)\[[\w.-]{1,60}\]: /,
  /^\[?(?:ERROR|FATAL|CRITICAL|SEVERE|WARN|WARNING)\]?:? +(?=[^\s[])/,
];

/** So much is cleaned between two pauses, in UTF-16 units. */
const atOnce = 64 * 1024;

/**
 * The lines of a text as a program wrote them: without colours, without what log collectors put before them, and with
 * the stacks of JSON and logfmt lines taken out of their quotes. Pauses now and then.
 */
export function* traceLines(text: string): Generator<undefined, string[]> {
  const lines: string[] = [];
  let taken = 0;
  for (const line of text.slice(0, traceLimit).split('\n')) {
    for (const part of visibleText(line).split('\n')) {
      for (const inner of linesOf(withoutPrefixes(part))) lines.push(inner);
    }
    taken += line.length + 1;
    if (taken < atOnce) continue;
    taken = 0;
    yield;
  }
  return lines;
}

function linesOf(line: string): readonly string[] {
  const stacks = stacksOfLine(line);
  if (stacks === undefined) return [line.slice(0, longestLine)];
  return stacks.flatMap((stack) =>
    visibleText(stack)
      .split('\n')
      .map((inner) => withoutPrefixes(inner).slice(0, longestLine)),
  );
}

function withoutPrefixes(line: string): string {
  let rest = line;
  for (const prefix of prefixes) rest = rest.replace(prefix, '');
  return rest;
}
