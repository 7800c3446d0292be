import type * as z from 'zod';
import { IncidentError } from './incidentError.ts';

/**
 * What `schema` makes of arguments from outside; no arguments at all count as none given.
 * @throws IncidentError `invalidArgument`, naming each field that does not fit.
 */
export function parseArgs<A>(schema: z.ZodType<A>, value: unknown): A {
  const result = schema.safeParse(value ?? {}, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.map(describe);
  throw new IncidentError('invalidArgument', `${problems.join('. ')}.`, { cause: result.error });
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `There is no argument ${issue.keys.map(quoted).join(', ')}`;
  const field = issue.path.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    return path === '' ? String(key) : `${path}.${String(key)}`;
  }, '');
  return field === '' ? `The arguments do not fit: ${messageOf(issue)}` : `${quoted(field)} ${messageOf(issue)}`;
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String).join(', ');
    return issue.input === undefined ? `is missing: one of ${known}` : `must be one of ${known}`;
  }
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) return `must be ${issue.expected}`;
  return issue.message.replace(/\.$/, '');
}

function quoted(field: string): string {
  return `“${field}”`;
}
