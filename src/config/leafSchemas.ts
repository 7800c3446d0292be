import * as z from 'zod';
import { isIsoDate } from '../safety/argumentPatterns.ts';
import { durationPattern, longestMinutes, minutesOf } from './duration.ts';

// The `error` of each schema says what the value must be: "must be <error>".

const durationText = z
  .string()
  .regex(durationPattern)
  .refine((text) => minutesOf(text) !== undefined)
  .transform((text) => minutesOf(text) ?? 0);

/** The ways to write minutes, for unions with other words. */
export const minuteForms = [z.number().positive().max(longestMinutes), durationText] as const;

/** Minutes: a number of them, or `5m`, `1h 30m`, `7d`. */
export const minutes = z
  .union(minuteForms, { error: 'a duration such as 5m, 1h 30m or 7d, or a number of minutes, at most ten years' })
  .meta({ description: 'A duration such as `5m`, `1h 30m`, `7d`, or a number of minutes.' });

/** A text that fits a pattern; `error` says what it must be. */
export function text(fits: (value: string) => boolean, error: string): z.ZodString {
  return z.string({ error }).refine(fits, { error });
}

/** One line of words. */
export function words(max: number): z.ZodString {
  const error = `a text of 1 to ${max} characters, in quotes if it looks like a number`;
  return z.string({ error }).trim().min(1, { error }).max(max, { error });
}

/** The identifier of an item of a list, as events store it. */
export const itemId = z
  .string({ error: 'a name of letters, digits, - and _, beginning with a letter' })
  .regex(/^[A-Za-z][\w-]{0,63}$/, { error: 'a name of letters, digits, - and _, beginning with a letter' });

/** A whole number between two others. */
export function count(min: number, max: number): z.ZodNumber {
  const error = `a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** An IANA time zone that this machine knows. */
export const zoneName = z
  .string({ error: 'a time zone such as Europe/Berlin' })
  .refine(isZone, { error: 'a time zone that exists, such as Europe/Berlin, America/New_York or UTC' })
  .meta({ description: 'IANA time zone, such as `Europe/Berlin`.' });

/** A date of the calendar. */
export const date = z
  .string({ error: 'a date such as 2026-12-25' })
  .refine(isIsoDate, { error: 'a date that the calendar has, written 2026-12-25' })
  .meta({ description: 'A date such as `2026-12-25`.' });

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** ISO weekday, 1 is Monday: as a number or as an English name, whole or its first three letters. */
export const weekday = z
  .union([z.number().int().min(1).max(7), z.string().transform(weekdayNumber).pipe(z.number())], {
    error: 'a weekday such as mon or monday, or a number from 1 (Monday) to 7 (Sunday)',
  })
  .meta({ description: 'A weekday: `mon` … `sun`, or 1 (Monday) to 7 (Sunday).' });

function weekdayNumber(text: string): number | undefined {
  const name = text.trim().toLowerCase();
  const index = weekdays.findIndex((day) => day === name || day.slice(0, 3) === name);
  return index < 0 ? undefined : index + 1;
}

function isZone(name: string): boolean {
  // Offsets are no zones: they know nothing of daylight saving.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * An object that knows all its keys. The message of an `unrecognized_keys` issue lists them, so that a diagnostic can
 * propose the one that was meant.
 */
export function keys<S extends z.core.$ZodShape>(shape: S, expectation: string): z.ZodObject<S, z.core.$strict> {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : expectation) });
}

/** A list without two items of the same id. */
export function listOf<S extends z.ZodType>(
  item: S,
  { of, idOf, min = 0, max = 200 }: { of: string; idOf?: (value: z.output<S>) => string; min?: number; max?: number },
): z.ZodArray<S> {
  const error = min > 0 ? `a list of ${of}, at least ${min}` : `a list of ${of}`;
  const list = z
    .array(item, { error })
    .min(min, { error })
    .max(max, { error: `a list of at most ${max} ${of}` });
  if (!idOf) return list;
  return list.superRefine((items, context) => {
    const seen = new Set<string>();
    for (const [index, value] of items.entries()) {
      const id = idOf(value);
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: [index], message: `listed once: ${id} is there before` });
      seen.add(id);
    }
  });
}
