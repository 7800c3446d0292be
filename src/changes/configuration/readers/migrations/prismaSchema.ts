import { UnreadableConfiguration } from '../../configurationFormat.ts';
import type { Entry } from '../../entryDifferences.ts';
import { collapsed } from '../shellWords.ts';

/** Fields and attributes of the blocks of a `schema.prisma`, by block and name. Throws UnreadableConfiguration with the line. */
export function readPrismaSchema(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  let block: string | undefined;
  let opened = 1;
  for (const [at, raw] of text.split('\n').entries()) {
    const line = collapsed(withoutComment(raw));
    if (line === '') continue;
    if (block === undefined) {
      const header = /^(model|enum|type|view|datasource|generator) (\w{1,100}) ?\{(\})?$/.exec(line);
      if (header === null) throw new UnreadableConfiguration(`line ${at + 1}: no block of a Prisma schema`);
      opened = at + 1;
      if (header[3] === undefined) block = `${header[1] ?? ''} ${header[2] ?? ''}`;
      entries.push({
        key: `${header[1] ?? ''} ${header[2] ?? ''}`,
        subject: `${header[1] ?? ''} ${header[2] ?? ''}`,
        value: '',
        line: at + 1,
      });
    } else if (line === '}') block = undefined;
    else entries.push(entryOf(block, line, at + 1));
  }
  if (block !== undefined) throw new UnreadableConfiguration(`line ${opened}: ${block} does not close`);
  return entries;
}

function entryOf(block: string, line: string, at: number): Entry {
  if (line.startsWith('@@')) return { key: `${block} ${line}`, subject: `${block} ${line}`, value: '', line: at };
  const [name = '', ...rest] = line.split(' ');
  const value = rest.join(' ').replace(/^= /, '');
  return { key: `${block}.${name}`, subject: `${block}.${name}`, value, line: at };
}

function withoutComment(line: string): string {
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === '\\') at++;
    else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && line.startsWith('//', at)) return line.slice(0, at);
  }
  return line;
}
