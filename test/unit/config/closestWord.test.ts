import { describe, expect, it } from 'vitest';
import { closestWord } from '../../../src/config/closestWord.ts';

describe('closestWord', () => {
  it.each([
    ['polcy', 'policy'],
    ['Policy', 'policy'],
    ['sprintDay', 'sprintDays'],
    ['changeWindowMinutes', 'changeWindow'],
    ['sev1', 'SEV1'],
    ['SEV5', undefined],
    ['x', undefined],
    ['something', undefined],
  ])('%s: %s', (word, meant) => {
    expect(closestWord(word, ['policy', 'people', 'sprintDays', 'changeWindow', 'SEV1', 'SEV2'])).toBe(meant);
  });
});
