import type { Configuration } from '../configuration.ts';
import type { JsonSchema } from './jsonSchemaAt.ts';
import { descriptionAt } from './jsonSchemaAt.ts';
import { valueInForce } from './valueInForce.ts';
import { yamlCursor } from './yamlCursor.ts';

/** What a hover says of a key. */
export interface Explanation {
  /** Offsets of the key. */
  readonly start: number;
  readonly end: number;
  /** `services.checkout.health` */
  readonly path: string;
  readonly description?: string;
  /** What applies now, from the file or by default: a stranger's text may be in it. */
  readonly inForce?: string;
}

/**
 * What the key at an offset means, and what applies now. Undefined where no key of the schema stands.
 * @param configuration what the text says; undefined when it cannot be applied.
 */
export function explainConfiguration(
  text: string,
  offset: number,
  schema: JsonSchema,
  configuration: Configuration | undefined,
): Explanation | undefined {
  const key = keyAt(text, offset);
  const cursor = key === undefined ? undefined : yamlCursor(text, key.start);
  if (key === undefined || cursor === undefined || cursor.at === 'value') return undefined;
  const path = [...cursor.path, key.name];
  const description = descriptionAt(schema, path);
  const inForce = configuration === undefined ? undefined : valueInForce(path, configuration);
  if (description === undefined && inForce === undefined) return undefined;
  return {
    ...{ start: key.start, end: key.end, path: path.join('.').replaceAll('.[]', '[]') },
    ...(description === undefined ? {} : { description }),
    ...(inForce === undefined ? {} : { inForce }),
  };
}

function keyAt(
  text: string,
  offset: number,
): { readonly name: string; readonly start: number; readonly end: number } | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = /[\w.-]*$/.exec(text.slice(lineStart, offset))?.[0] ?? '';
  const after = /^[\w.-]*/.exec(text.slice(offset))?.[0] ?? '';
  const start = offset - before.length;
  const end = offset + after.length;
  const isKey = start < end && /^"?\s*:(?:\s|$)/.test(text.slice(end, end + 20));
  return isKey ? { name: text.slice(start, end), start, end } : undefined;
}
