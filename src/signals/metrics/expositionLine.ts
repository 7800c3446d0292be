import { sampleValue } from './sampleValue.ts';
import type { ScrapedSample } from './scrape.ts';

/** Which series a sample is of. */
export type SampleIdentity = Pick<ScrapedSample, 'name' | 'labels'>;

/** Series that a service may name anew before what is known of it is forgotten. */
const mostKnown = 200_000;

/**
 * A line that holds a sample: `name{label="value"} 12 1700000000 # {trace_id="…"} 0.5`, or with the name in the braces as
 * UTF-8 names have it: `{"my.name",label="value"} 12`. Undefined for any other line.
 */
export function parseSampleLine(line: string, known: Map<string, SampleIdentity>): ScrapedSample | undefined {
  const end = endOfSeries(line);
  if (end === undefined) return undefined;
  const [valueText = ''] = line.slice(end).trimStart().split(/\s/, 1);
  const value = sampleValue(valueText);
  if (value === undefined) return undefined;
  const text = line.slice(0, end).trimEnd();
  const series = known.get(text) ?? remember(text, known);
  return series === undefined ? undefined : { name: series.name, labels: series.labels, value };
}

function remember(text: string, known: Map<string, SampleIdentity>): SampleIdentity | undefined {
  // Parts of a text keep the whole of it in memory: a scrape of some megabytes for every name.
  const own = Buffer.from(text).toString();
  const series = parseSeries(own);
  if (series === undefined) return undefined;
  if (known.size >= mostKnown) known.clear();
  known.set(own, series);
  return series;
}

const namePattern = /^[a-zA-Z_:][\w:.]*/;

/** Where the value begins; undefined where the braces do not close or no name is. */
function endOfSeries(line: string): number | undefined {
  const nameLength = namePattern.exec(line)?.[0].length ?? 0;
  const open = nameLength + (/^\s*/.exec(line.slice(nameLength, nameLength + 10))?.[0].length ?? 0);
  if (line[open] !== '{') return nameLength === 0 || open === nameLength ? undefined : nameLength;
  let quoted = false;
  for (let index = open + 1; index < line.length; index += 1) {
    const character = line[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '}') return index + 1;
  }
  return undefined;
}

const labelPattern = /\s*(?:([a-zA-Z_][\w.]*)|"((?:[^"\\]|\\.)*)")\s*(?:=\s*"((?:[^"\\]|\\.)*)"\s*)?(,|$)/y;

function parseSeries(text: string): SampleIdentity | undefined {
  const open = text.indexOf('{');
  if (open === -1) return { name: text, labels: {} };
  const inside = text.slice(open + 1, -1).trimEnd();
  let name = text.slice(0, open).trimEnd();
  const labels: [string, string][] = [];
  for (let position = 0; position < inside.length;) {
    labelPattern.lastIndex = position;
    const [all, plain, quoted, value] = labelPattern.exec(inside) ?? [];
    if (all === undefined) return undefined;
    position += all.length;
    if (value !== undefined) labels.push([plain ?? unescaped(quoted ?? ''), unescaped(value)]);
    else if (quoted !== undefined && name === '') name = unescaped(quoted);
    else return undefined;
  }
  return name === '' ? undefined : { name, labels: Object.fromEntries(labels) };
}

/** `\\`, `\"` and `\n` stand for backslash, quotation mark and line feed. */
function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : String(character)))
    : text;
}
