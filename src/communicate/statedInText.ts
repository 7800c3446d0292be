import { toIsoTime } from '../incident/isoTime.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { WorkingStatus } from '../incident/words.ts';
import { workingStatuses } from '../incident/words.ts';
import { statusNames } from '../documents/wordNames.ts';

/** What a message itself promises and says. */
export interface StatedInText {
  readonly status?: WorkingStatus | undefined;
  readonly nextUpdateAt?: IsoTime | undefined;
}

const nextUpdateLine =
  /^[^\p{L}\n]*next update[^\p{L}\p{N}\n]*(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::\d{2})?\s*(?:UTC|Z)\b/imu;
const statusLine = /^[^\p{L}\n]*status[^\p{L}\p{N}\n]*:[^\p{L}\p{N}\n]*(\p{L}+)/imu;

/** Reads the lines `Status: Identified` and `Next update: 2026-11-23 07:15 UTC` of a message; people edit them there. */
export function statedInText(text: string): StatedInText {
  const plain = text.replace(/\\(?=[!-/:-@[-`{-~])/g, '');
  const [, date, clock] = nextUpdateLine.exec(plain) ?? [];
  const nextUpdateAt = date === undefined || clock === undefined ? undefined : toIsoTime(`${date}T${clock}Z`);
  const word = statusLine.exec(plain)?.[1]?.toLowerCase();
  const status = workingStatuses.find((known) => statusNames[known].toLowerCase() === word);
  return { ...(status === undefined ? {} : { status }), ...(nextUpdateAt === undefined ? {} : { nextUpdateAt }) };
}

/** What a person changed in the text: what it states now and did not state when it was drafted. */
export function statedByPerson(text: string, drafted: StatedInText | undefined): StatedInText {
  const { status, nextUpdateAt } = statedInText(text);
  return {
    ...(status === undefined || status === drafted?.status ? {} : { status }),
    ...(nextUpdateAt === undefined || nextUpdateAt === drafted?.nextUpdateAt ? {} : { nextUpdateAt }),
  };
}
