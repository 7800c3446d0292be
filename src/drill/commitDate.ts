import { dayMs, epochMsOf, hourMs, minuteMs, type IsoTime } from '../incident/isoTime.ts';

/** A commit's time as git stores it: whole seconds since 1970, and the author's offset, `+0100`. */
export interface CommitDate {
  readonly epochSeconds: number;
  readonly zone: string;
}

/**
 * The time that a commit file's date means at `now`. `2 days ago 16:20 +0100` is that time of the author's day, two
 * UTC days back; `3 h 20 min ago +0100` counts back from `now`. Throws when it is neither.
 */
export function dateOf(date: string, now: IsoTime): CommitDate {
  const [, daysAgo, hour, minute, dayZone] = /^(\d+) days? ago (\d\d):(\d\d) ([+-]\d{4})$/.exec(date) ?? [];
  if (dayZone !== undefined) {
    const midnight = Math.floor(epochMsOf(now) / dayMs) * dayMs;
    const timeOfDayMs = Number(hour) * hourMs + Number(minute) * minuteMs - offsetMs(dayZone);
    return { epochSeconds: (midnight - Number(daysAgo) * dayMs + timeOfDayMs) / 1000, zone: dayZone };
  }
  const [, hours = '0', minutes, zone] = /^(?:(\d+) h )?(\d+) min ago ([+-]\d{4})$/.exec(date) ?? [];
  if (zone === undefined) throw new Error(`No date of a commit: ${date}`);
  const agoMs = Number(hours) * hourMs + Number(minutes) * minuteMs;
  return { epochSeconds: Math.floor((epochMsOf(now) - agoMs) / 1000), zone };
}

function offsetMs(zone: string): number {
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * hourMs + Number(zone.slice(3)) * minuteMs);
}
