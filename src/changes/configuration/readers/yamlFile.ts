import type { LocatedValue } from './locatedValue.ts';
import { yamlDocuments } from './yamlDocuments.ts';

/** A YAML file as one value: its document, or the list of its documents when there are several. See `yamlDocuments`. */
export function yamlFile(text: string): LocatedValue {
  const documents = yamlDocuments(text);
  const [first, second] = documents;
  if (first === undefined) return { value: {}, lineOf: () => 1 };
  if (second === undefined) return first;
  return {
    value: documents.map(({ value }) => value),
    lineOf: ([index = '', ...place]) => documents[Number(index)]?.lineOf(place) ?? 1,
  };
}
