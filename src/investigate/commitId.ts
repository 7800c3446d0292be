import * as z from 'zod';

/** A commit's id, whole or shortened, in lower-case hexadecimal. */
export const commitId: z.ZodType<string, string> = z
  .string({ error: 'must be text' })
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{4,64}$/, { error: 'is no commit id: it has 4 to 64 hexadecimal digits' });
