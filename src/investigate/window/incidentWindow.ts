import type { IncidentState } from '../../incident/state.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { ChangeWindow } from './changeWindow.ts';
import { changeWindow } from './changeWindow.ts';

/** The change window of an incident; `minutes` before its origin, the policy's when undefined. */
export function windowOf(
  { moments, declared, policy }: IncidentState,
  minutes: number | undefined,
  now: IsoTime,
): ChangeWindow {
  return changeWindow({
    impactStart: moments.impactStart,
    detected: moments.detected ?? declared?.at ?? now,
    now,
    minutes: minutes ?? policy.changeWindowMinutes,
  });
}
