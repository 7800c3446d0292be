import type { ChartUnit } from '../signals/metrics/chart.ts';

/** Powers of a thousand, and what stands behind a number of them. */
type Scale = readonly (readonly [factor: number, suffix: string])[];

const thousands: Scale = [
  [1e12, ' T'],
  [1e9, ' G'],
  [1e6, ' M'],
  [1e3, ' k'],
  [1, ''],
];
const bytes: Scale = [
  [1e12, ' TB'],
  [1e9, ' GB'],
  [1e6, ' MB'],
  [1e3, ' KB'],
  [1, ' B'],
];
const seconds: Scale = [
  [1, ' s'],
  [1e-3, ' ms'],
  [1e-6, ' µs'],
];

/** What a chart's axis is called. */
export const unitNames: Readonly<Record<ChartUnit, string>> = {
  perSecond: 'per second',
  ratio: 'percent',
  seconds: 'time',
  bytes: 'bytes',
  count: 'number',
};

/**
 * A value for people, three digits of it: `12.3 ms`, `4.5 %`, `1.2 k/s`, `34 MB` (a KB is 1,000 bytes). `no value` for null
 * and for what is no number.
 */
export function formatChartValue(value: number | null | undefined, unit: ChartUnit): string {
  if (value === null || value === undefined || Number.isNaN(value)) return 'no value';
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : 'infinite (negative)';
  switch (unit) {
    case 'ratio':
      return `${digits(value * 100)} %`;
    case 'seconds':
      return value === 0 ? '0 s' : scaled(value, seconds);
    case 'bytes':
      return scaled(value, bytes);
    case 'perSecond':
      return `${scaled(value, thousands)}/s`;
    case 'count':
      return scaled(value, thousands);
  }
}

/**
 * Round numbers from at or below `from` to at or above `to`, about `wanted` of them: the ticks of an axis. Total: what is
 * empty or no range becomes one.
 */
export function valueTicks(from: number, to: number, wanted = 5): readonly number[] {
  const low = Number.isFinite(from) ? from : 0;
  const high = Number.isFinite(to) && to > low ? to : low + (Math.abs(low) || 1);
  const rough = (high - low) / Math.max(1, wanted - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  if (!Number.isFinite(step) || step <= 0 || last - first > 4 * wanted) return [low, high];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  // A step below what twelve digits can tell apart gives the same number again.
  return ticks.length >= 2 && ticks.every((tick, index) => index === 0 || tick > (ticks[index - 1] ?? tick))
    ? ticks
    : [low, high];
}

function scaled(value: number, scale: Scale): string {
  const size = Math.abs(value);
  // 999.7 would be rounded to 1000 of the smaller unit.
  const [factor, suffix] = scale.find(([one]) => size >= one * 0.9995) ?? scale.at(-1) ?? [1, ''];
  return `${digits(value / factor)}${suffix}`;
}

function digits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Object.is(rounded, -0) ? '0' : String(rounded).replace('-', '−');
}
