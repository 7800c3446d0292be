import type { App } from '../app.ts';

/** What a row or link said already; a gesture asks for the rest. */
export type Known = Readonly<Record<string, unknown>>;

/** A person's way to a use case: prompts, the call, and what they see then. Undefined: cancelled. */
export type Gesture = (app: App, known: Known) => Promise<unknown>;

/** A text that is known; undefined when it is not. */
export function knownText(known: Known, key: string): string | undefined {
  const value = known[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
