/** A share from 0 to 1 as people say it: `91 %`; `99.9 %` and `0.1 %` where rounding would hide the last of it. */
export function percentText(share: number): string {
  const percent = share * 100;
  const rounded = Math.round(percent);
  if (rounded === 100 && percent < 100) return `${Math.min(99.9, percent).toFixed(1)} %`;
  if (rounded === 0 && percent > 0) return `${Math.max(0.1, percent).toFixed(1)} %`;
  return `${String(rounded)} %`;
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in units of 1024: `412 MB`, `1.9 GB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? String(Math.round(value)) : amountText(value)} ${units[unit] ?? ''}`;
}

/** A number with about three digits that count: `0.042`, `1.9`, `412`. */
export function amountText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)));
}

/** `1 request waits`, `5 requests wait` */
export function counted(count: number, one: string, many: string): string {
  const whole = Math.round(count);
  return `${String(whole)} ${whole === 1 ? one : many}`;
}
