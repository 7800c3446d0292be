import { cleanLine, isVisible, lengthOf } from './cleanText.ts';

/** The longest title of anything, in characters as a person counts them. */
export const titleLimit = 300;

/** What keeps a text from being a title; undefined when nothing does. */
export function titleProblem(text: string): 'empty' | 'tooLong' | undefined {
  const title = cleanLine(text);
  if (!isVisible(title)) return 'empty';
  return lengthOf(title) > titleLimit ? 'tooLong' : undefined;
}
