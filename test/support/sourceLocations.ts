import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import { projectRoot } from './run.mjs';

/**
 * Reads the inline source map of a bundle, and gives a function that replaces the bundle's locations in a text, such as
 * a stack, by those of the source, relative to the project. Without a map the text stays as it is.
 */
export async function sourceLocations(bundle: string): Promise<(text: string) => string> {
  const code = await readFile(bundle, 'utf8').catch(() => '');
  const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code)?.[1];
  if (!encoded) return (text) => text;
  const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString()) as SourceMap['payload']);
  const locations = new RegExp(`[^\\s()]*${basename(bundle).replaceAll('.', '\\.')}:(\\d+):(\\d+)`, 'g');
  return (text) =>
    text.replaceAll(locations, (location, line: string, column: string) => {
      const origin = map.findOrigin(Number(line), Number(column));
      if (!('fileName' in origin)) return location;
      return `${relative(projectRoot, resolve(dirname(bundle), origin.fileName))}:${origin.lineNumber}:${origin.columnNumber}`;
    });
}
