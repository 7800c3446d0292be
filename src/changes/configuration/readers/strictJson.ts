import { UnreadableConfiguration } from '../configurationFormat.ts';

/** `JSON.parse` whose error tells the line. Throws UnreadableConfiguration. */
export function readStrictJson(text: string): unknown {
  const source = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(source) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const read = position === undefined ? source : source.slice(0, Number(position));
    throw new UnreadableConfiguration(`line ${read.split('\n').length}: no JSON`);
  }
}

/** A JSON object, or nothing to read where it is none. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A string, or undefined where it is none. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The members of a JSON list, none where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
