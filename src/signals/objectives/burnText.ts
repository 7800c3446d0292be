/** `21×`, `1.5×`, `0×`. */
export function burnText(burn: number): string {
  const shown = burn >= 10 ? Math.round(burn).toString() : burn.toFixed(1).replace(/\.0$/, '');
  return `${shown}×`;
}

/** `5 min`, `6 h`, `2.5 d`: up to two hours in minutes where they are no whole hours. */
export function minutesText(minutes: number): string {
  const inUnit = (size: number, unit: string): string => `${(minutes / size).toFixed(1).replace(/\.0$/, '')} ${unit}`;
  if (minutes >= 2 * 1440 || minutes === 1440) return inUnit(1440, 'd');
  if (minutes >= 120 || minutes === 60) return inUnit(60, 'h');
  return `${String(Math.round(minutes))} min`;
}

/** `62 %`; the last tenths of a budget are told exactly. */
export function budgetText(left: number): string {
  const percent = left * 100;
  return `${Math.abs(percent) >= 10 ? String(Math.round(percent)) : percent.toFixed(1).replace(/\.0$/, '')} %`;
}

/** `1.1 days`, `3.5 hours`, `20 minutes`. */
export function timeLeftText(days: number): string {
  const counted = (value: number, unit: string): string => {
    const shown = value.toFixed(1).replace(/\.0$/, '');
    return `${shown} ${unit}${shown === '1' ? '' : 's'}`;
  };
  if (days >= 1) return counted(days, 'day');
  if (days * 24 >= 1) return counted(days * 24, 'hour');
  return counted(Math.max(1, Math.round(days * 1440)), 'minute');
}
