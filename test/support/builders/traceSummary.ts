import type { TraceFrame } from '../../../src/changes/stackTrace/parsedTrace.ts';
import { parseTrace } from '../../../src/changes/stackTrace/parseTrace.ts';

/** What was read of a text, in lines: `language`, `type: message`, and `- function class path:line:column`, `~` for a library's. */
export function traceSummary(text: string): string {
  const trace = parseTrace(text);
  if (trace.kind === 'nothing') return 'nothing';
  const errors = trace.errors.flatMap(({ type, message, frames, times }) => [
    `${type}: ${message.replaceAll('\n', ' / ')}${times === undefined ? '' : ` (${times} times)`}`,
    ...frames.map(frameText),
  ]);
  return [trace.language, ...errors].join('\n');
}

function frameText({ function: name, className, packageName, path, line, column, isLibrary }: TraceFrame): string {
  const place = [path ?? '?', line, column].filter((part) => part !== undefined).join(':');
  const owner = className ?? packageName;
  return [isLibrary ? '~' : '-', name ?? '?', ...(owner === undefined ? [] : [`[${owner}]`]), place].join(' ');
}

/** A text of a test without the indentation that it has there. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').replace(/\n *$/, '').split('\n');
  const depth = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  return lines.map((line) => line.slice(depth)).join('\n');
}
