import * as z from 'zod';
import { cleanLine, cleanProse, isVisible, lengthOf } from './cleanText.ts';
import { isUlid } from './ids.ts';
import { toIsoTime } from './isoTime.ts';
import { titleLimit } from './titleProblem.ts';

const lineLimit = 1000;
const proseLimit = 20_000;

const asText = z.string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be text') });
const tooLong = (limit: number) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    `has ${lengthOf(String(input))} characters; at most ${limit} are possible`,
});

/** One line that must say something; control and direction characters are taken out, white space is made single spaces. */
export const line = (limit = lineLimit): z.ZodType<string, string> =>
  asText
    .transform(cleanLine)
    .refine(isVisible, { error: 'is empty: nothing but spaces is not enough', abort: true })
    .refine((text) => lengthOf(text) <= limit, tooLong(limit));

/** One line that may be empty, to take out what stood there. */
export const lineOrNothing = (limit = lineLimit): z.ZodType<string, string> =>
  asText
    .transform(cleanLine)
    .transform((text) => (isVisible(text) ? text : ''))
    .refine((text) => lengthOf(text) <= limit, tooLong(limit));

/** Text of any number of lines that must say something. */
export const prose = (limit = proseLimit): z.ZodType<string, string> =>
  asText
    .transform(cleanProse)
    .refine(isVisible, { error: 'is empty: nothing but spaces is not enough', abort: true })
    .refine((text) => lengthOf(text) <= limit, tooLong(limit));

/** A title: one line of at most 300 characters. */
export const title: z.ZodType<string, string> = line(titleLimit);

/** A moment, any ISO 8601 with a zone, made IsoTime. */
export const time: z.ZodType<string, string> = asText.transform((text, context) => {
  const moment = isCalendarDate(text.slice(0, 10)) ? toIsoTime(text.trim()) : undefined;
  if (moment !== undefined) return moment;
  context.issues.push({
    code: 'custom',
    input: text,
    message: 'is no moment: give a date and time with its zone, as in 2026-11-23T06:45Z or 2026-11-23T07:45+01:00',
  });
  return z.NEVER;
});

/** A day, `2026-12-07`. */
export const date: z.ZodType<string, string> = asText
  .trim()
  .refine(isCalendarDate, { error: 'is no date: write it as 2026-12-07' });

/** A ULID, as the record names events and items. */
export const ulid: z.ZodType<string, string> = asText
  .trim()
  .toUpperCase()
  .refine(isUlid, { error: 'is no id of the record: it has 26 letters and digits' });

/** Which incident: its ULID or its name; the only open one when absent. */
export const incident: z.ZodType<string | undefined, string | undefined> = line(200).optional();

/** A person, as in `Name <mail>`. */
export const person: z.ZodType<string, string> = line(200);

/** A web address. */
export const link: z.ZodType<string, string> = asText
  .trim()
  .max(2000, { error: 'is too long for an address' })
  .refine(isWebAddress, { error: 'is no web address: it begins with http:// or https://' });

function isCalendarDate(text: string): boolean {
  return z.iso.date().safeParse(text).success;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s\p{C}<>"]+$/iu.test(text) && URL.canParse(text);
}
