import { describe, expect, it } from 'vitest';
import { title } from '../../../src/incident/argShapes.ts';
import { titleProblem } from '../../../src/incident/titleProblem.ts';

describe('what keeps a text from being a title', () => {
  it.each([
    ['Checkout is down', undefined],
    ['x'.repeat(300), undefined],
    ['🔥'.repeat(300), undefined],
    ['x'.repeat(301), 'tooLong'],
    ['', 'empty'],
    ['   ', 'empty'],
    ['\u200b\u200f', 'empty'],
  ] as const)('%j: %s', (text, problem) => {
    expect(titleProblem(text)).toBe(problem);
    // A box that accepts what the command then refuses costs a person three inputs.
    expect(title.safeParse(text).success).toBe(problem === undefined);
  });
});
