import { expect, it } from 'vitest';
import { isTameGlob } from '../../../src/safety/isTameGlob.ts';

it.each([
  ['logs/access.log', true],
  ['/var/log/nginx/*access*.log*', true],
  ['slo/**/*.{yaml,yml}', true],
  ['**/logs/**/*.log', true],
  ['*a*a*a*a*a*b', false],
  ['*/*/*/*/*/*/*', false],
  ['**/a/**/b/**/c/**/d', false],
  ['+(a|aa)b', false],
  ['(a|aa)*b', false],
  ['{a,a}{a,a}{a,a}{a,a}{a,a}', false],
])('%s: %s', (glob, tame) => {
  expect(isTameGlob(glob)).toBe(tame);
});
