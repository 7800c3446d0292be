import { formatDuration } from '../../documents/timeText.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../../incident/isoTime.ts';
import { plainLine } from '../../safety/plainLine.ts';

/** A change in a few words: `3f2a9c1b Ada, 43 min ago: Bump cart`. */
export function changeText(
  { id, author, committedAt, subject }: { id: string; author: string; committedAt: IsoTime; subject: string },
  now: IsoTime,
): string {
  return `${id.slice(0, 8)} ${plainLine(author, 60)}, ${ageText(committedAt, now)}: ${plainLine(subject, 120)}`;
}

/** `43 min ago` */
export function ageText(at: IsoTime, now: IsoTime): string {
  const minutes = Math.floor((epochMsOf(now) - epochMsOf(at)) / minuteMs);
  return minutes < 1 ? 'just now' : `${formatDuration(minutes * minuteMs)} ago`;
}

/** Strangers' text for an entry of a list: one line, in which `$(…)`, a word of shells and PHP, is no icon. */
export function itemText(text: string, max: number): string {
  return plainLine(text, max).replaceAll('$(', '$\u200b(');
}
