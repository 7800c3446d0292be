import { partsOf } from './generatedParts.ts';
import type { BaseOf } from './refreshDocument.ts';

/**
 * What had been generated, from documents as they were rendered at earlier times and nobody edited: the way back from a
 * begin marker's hash to its text that `refreshDocument` needs for merging.
 */
export function basesOf(renderedDocuments: Iterable<string>): BaseOf {
  const texts = new Map<string, string>();
  for (const document of renderedDocuments) {
    for (const part of partsOf(document)) {
      if (part.kind === 'generated') texts.set(`${part.name} ${part.hash}`, part.lines.join(''));
    }
  }
  return (part, hash) => texts.get(`${part} ${hash}`);
}
