import { UnreadableConfiguration } from '../configurationFormat.ts';
import { collapsed } from './shellWords.ts';

/** One instruction of a Dockerfile with its continuation lines joined. */
export interface Instruction {
  /** In capitals: `RUN`. */
  readonly name: string;
  /** What follows the name, lines joined by one space; a here-document's lines follow, each after a line feed. */
  readonly text: string;
  /** Of its first line, counted from 1. */
  readonly line: number;
}

const known = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const withHeredocs = new Set(['RUN', 'COPY', 'ADD']);

/**
 * The instructions of a Dockerfile (docs.docker.com/reference/dockerfile): comments, empty lines and the escape
 * directive are taken care of. Throws UnreadableConfiguration with the line for what is no instruction.
 */
export function readDockerfile(text: string): readonly Instruction[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const escape = escapeOf(lines);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length;) {
    const first = (lines[at] ?? '').trim();
    if (first === '' || first.startsWith('#')) {
      at++;
      continue;
    }
    const joined = joinedLines(lines, at, escape);
    const name = (/^[A-Za-z]+/.exec(joined.text)?.[0] ?? '').toUpperCase();
    const rest = joined.text.slice(name.length).trim();
    if (!known.has(name)) throw new UnreadableConfiguration(`line ${at + 1}: no instruction of a Dockerfile`);
    if (rest === '') throw new UnreadableConfiguration(`line ${at + 1}: ${name} without an argument`);
    const documents = withHeredocs.has(name)
      ? heredocs(lines, joined.next, rest, at + 1)
      : { body: '', next: joined.next };
    instructions.push({ name, text: rest + documents.body, line: at + 1 });
    at = documents.next;
  }
  return instructions;
}

function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^#\s{0,20}([a-z]{1,20})\s{0,20}=\s{0,20}(\S{1,200})\s*$/i.exec(line.trim());
    if (directive === null) return '\\';
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

function joinedLines(lines: readonly string[], from: number, escape: string): { text: string; next: number } {
  const parts: string[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    // Comments and empty lines between continuation lines belong to none of them.
    if (at > from && (line === '' || line.startsWith('#'))) continue;
    const goesOn = line.endsWith(escape);
    parts.push(goesOn ? line.slice(0, -1).trim() : line);
    if (!goesOn) return { text: spaced(parts), next: at + 1 };
  }
  return { text: spaced(parts), next: at };
}

function spaced(parts: readonly string[]): string {
  return collapsed(parts.filter((part) => part !== '').join(' '));
}

function heredocs(lines: readonly string[], from: number, text: string, line: number): { body: string; next: number } {
  const body: string[] = [];
  let next = from;
  for (const [, dash, , word = ''] of text.matchAll(/(?<!<)<<(-?)(["']?)([A-Za-z_][A-Za-z0-9_]{0,100})\2/g)) {
    const isEnd = (at: string): boolean => (dash === '-' ? at.replace(/^\t+/, '') : at) === word;
    let end = next;
    while (end < lines.length && !isEnd((lines[end] ?? '').replace(/\r$/, ''))) end++;
    if (end === lines.length) throw new UnreadableConfiguration(`line ${line}: the here-document ${word} does not end`);
    body.push(...lines.slice(next, end).map((at) => at.trim()));
    next = end + 1;
  }
  return { body: body.map((at) => `\n${at}`).join(''), next };
}
