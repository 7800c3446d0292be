import { parse, TomlError } from 'smol-toml';
import type { Plain } from '../structuralDifferences.ts';
import type { LocatedValue } from './locatedValue.ts';
import { lineOfPlace } from './placeLines.ts';
import { tomlLines } from './tomlLines.ts';
import { unreadableAt } from './unreadableAt.ts';

/** The value of a TOML 1.0 file. Throws UnreadableConfiguration, `line N: why`. */
export function tomlValue(text: string): LocatedValue {
  const value = parsed(text.replace(/^\ufeff/, ''));
  let lines: ReadonlyMap<string, number> | undefined;
  return { value, lineOf: (place) => lineOfPlace((lines ??= tomlLines(text)), place) };
}

function parsed(text: string): Plain {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (error instanceof TomlError) throw unreadableAt(error.line, firstLine(error.message));
    if (error instanceof RangeError) throw unreadableAt(1, 'nested too deeply');
    throw error;
  }
}

/** The library shows the place in the file behind its sentence. */
function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '');
}
