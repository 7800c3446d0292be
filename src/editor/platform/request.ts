/** How a command was called: by a person who answers prompts, or by a script whose argument answers them all. */
export type Request =
  | { readonly kind: 'ask'; readonly known: Readonly<Record<string, unknown>> }
  | { readonly kind: 'script'; readonly args: unknown };

/** The key that marks an argument object of Mayday's own rows and links: known so far, ask for the rest. */
export const askKey = 'mayday.ask';

/** An argument object that tells a command what is known already, and leaves the rest to its prompts. */
export function ask(known: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...known, [askKey]: true };
}

/**
 * Reads the first argument of a command. Rows of our trees and links carry what they are about; nothing, or the URI that
 * a menu of the editor passes, means that a person asks; any other plain object is a script's.
 */
export function readRequest(argument: unknown): Request {
  if (typeof argument !== 'object' || argument === null || isUri(argument)) return { kind: 'ask', known: {} };
  const { [askKey]: marked, ...known } = argument as Record<string, unknown>;
  if (marked === true) return { kind: 'ask', known };
  if ('rowArgs' in argument) return { kind: 'ask', known: (argument as { rowArgs: Record<string, unknown> }).rowArgs };
  return { kind: 'script', args: argument };
}

function isUri(value: object): boolean {
  return 'scheme' in value && 'fsPath' in value;
}
