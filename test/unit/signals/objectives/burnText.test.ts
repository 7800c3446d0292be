import { describe, expect, it } from 'vitest';
import { budgetText, burnText, minutesText, timeLeftText } from '../../../../src/signals/objectives/burnText.ts';

describe('numbers in words', () => {
  it.each([
    [0, '0×'],
    [0.04, '0×'],
    [1.25, '1.3×'],
    [9.96, '10×'],
    [14.4, '14×'],
    [1000, '1000×'],
  ])('a burn of %d is %s', (burn, text) => {
    expect(burnText(burn)).toBe(text);
  });

  it.each([
    [5, '5 min'],
    [60, '1 h'],
    [90, '90 min'],
    [150, '2.5 h'],
    [360, '6 h'],
    [1440, '1 d'],
    [2160, '36 h'],
    [43_200, '30 d'],
  ])('%d minutes are %s', (minutes, text) => {
    expect(minutesText(minutes)).toBe(text);
  });

  it.each([
    [0.62, '62 %'],
    [0.031, '3.1 %'],
    [1, '100 %'],
    [0, '0 %'],
    [-0.5, '-50 %'],
  ])('a budget of %d is %s', (left, text) => {
    expect(budgetText(left)).toBe(text);
  });

  it.each([
    [1.1, '1.1 days'],
    [1, '1 day'],
    [0.5, '12 hours'],
    [1 / 24, '1 hour'],
    [0.01, '14 minutes'],
    [0.00001, '1 minute'],
  ])('%d days are %s', (days, text) => {
    expect(timeLeftText(days)).toBe(text);
  });
});
