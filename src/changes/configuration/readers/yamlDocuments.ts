import { blockYaml } from './blockYaml.ts';
import { fullYaml } from './fullYaml.ts';
import type { LocatedValue } from './locatedValue.ts';

/**
 * The documents of a YAML file (YAML 1.2, merge keys, duplicate keys by their last value), without empty ones.
 * Throws UnreadableConfiguration, `line N: why`, for what does not parse, for aliases that multiply (a bomb) and for templates.
 */
export function yamlDocuments(text: string): readonly LocatedValue[] {
  return (blockYaml(text) ?? fullYaml(text)).filter(({ value }) => value !== null);
}
