import { formatDuration } from '../../documents/timeText.ts';
import type { Deadline, DeadlineStanding } from '../../incident/deadline.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../../incident/isoTime.ts';
import type { DeadlineKind } from '../../incident/words.ts';

/** What is due, in a word or two. */
export const deadlineNames: Readonly<Record<DeadlineKind, string>> = {
  respond: 'Respond',
  mitigate: 'Mitigate',
  communicate: 'Next update',
  postMortem: 'Post-mortem',
  review: 'Review',
  actionItem: 'Action item',
};

export const standingIcons: Readonly<Record<DeadlineStanding, { readonly id: string; readonly color?: string }>> = {
  onTrack: { id: 'watch' },
  dueSoon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  overdue: { id: 'error', color: 'problemsErrorIcon.foreground' },
  met: { id: 'pass', color: 'testing.iconPassed' },
  missed: { id: 'circle-slash', color: 'problemsErrorIcon.foreground' },
};

/** How long is left, or how late it is: `due in 12 min`, `overdue by 3 min`, `met`, `missed by 3 min`. */
export function standingText(deadline: Deadline, now: IsoTime): string {
  switch (deadline.standing) {
    case 'met':
      return 'met';
    case 'missed': {
      if (deadline.doneAt === undefined) return 'missed, never done';
      return `missed by ${formatDuration(epochMsOf(deadline.doneAt) - epochMsOf(deadline.dueAt))}`;
    }
    case 'overdue':
      return `overdue by ${inMinutes(epochMsOf(now) - epochMsOf(deadline.dueAt))}`;
    case 'onTrack':
    case 'dueSoon':
      return `due in ${inMinutes(epochMsOf(deadline.dueAt) - epochMsOf(now))}`;
  }
}

/** A countdown in whole minutes: rows change once a minute, not once a second. */
export function inMinutes(durationMs: number): string {
  if (durationMs < minuteMs) return 'under a minute';
  return formatDuration(Math.floor(durationMs / minuteMs) * minuteMs).replace(/ 0 s$/, '');
}
