import { describe, expect, it } from 'vitest';
import { amountText, bytesText, counted, percentText } from '../../../../src/signals/infrastructure/amounts.ts';

describe('amounts in words', () => {
  it.each([
    [0, '0 %'],
    [0.00001, '0.1 %'],
    [0.004, '0.4 %'],
    [0.005, '1 %'],
    [0.914, '91 %'],
    [0.996, '99.6 %'],
    [0.99999, '99.9 %'],
    [1, '100 %'],
    [1.2, '120 %'],
  ])('%d is %s', (share, text) => {
    expect(percentText(share)).toBe(text);
  });

  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1 KB'],
    [1.5 * 1024 ** 3, '1.5 GB'],
    [412 * 1024 ** 2, '412 MB'],
    [2 ** 63, '8192 PB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it.each([
    [0.0421, '0.042'],
    [1.94, '1.9'],
    [19.44, '19.4'],
    [412.3, '412'],
    [7, '7'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
  ])('%d is told as %s', (value, text) => {
    expect(amountText(value)).toBe(text);
  });

  it('counts one and many', () => {
    expect([counted(1, 'waits', 'wait'), counted(0, 'waits', 'wait'), counted(2.2, 'waits', 'wait')]).toEqual([
      '1 waits',
      '0 wait',
      '2 wait',
    ]);
  });
});
