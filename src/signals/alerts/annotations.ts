import { webAddressOf } from '../../safety/webAddress.ts';
import type { Alert, Runbook } from './alert.ts';

/** Texts by name, as a source tells them. */
export type Texts = Readonly<Record<string, string>>;

/** What the annotations of an alert say under the names that are in use. */
export function readAnnotations(texts: Texts): Pick<Alert, 'summary' | 'description' | 'runbook' | 'dashboard'> {
  const runbook = runbookOf(first(texts, ['runbook_url', 'runbook']));
  const dashboard = linkOf(first(texts, ['dashboard_url', 'dashboard']));
  return {
    summary: first(texts, ['summary', 'title', 'message']),
    description: first(texts, ['description', 'message']),
    ...(runbook === undefined ? {} : { runbook }),
    ...(dashboard === undefined ? {} : { dashboard }),
  };
}

/** A web address, as it may be opened; undefined for any other text. */
export function linkOf(text: string): string | undefined {
  return webAddressOf(text)?.href;
}

/** A web address, or a path that stays below the folder it is looked for in; undefined for anything else. */
export function runbookOf(text: string): Runbook | undefined {
  const url = linkOf(text);
  if (url !== undefined) return { kind: 'link', url };
  return isPathBelow(text) ? { kind: 'file', path: text.replace(/^\.\//, '') } : undefined;
}

/** True for a relative path without a way up, a drive, a scheme, or characters that mean something elsewhere. */
function isPathBelow(text: string): boolean {
  if (!/^[^\\:*?"<>|\p{C}]{1,300}$/u.test(text) || text.startsWith('/') || text.startsWith('~')) return false;
  return text.split('/').every((part) => part !== '..' && part.trim() !== '');
}

function first(texts: Texts, names: readonly string[]): string {
  for (const name of names) {
    const text = Object.hasOwn(texts, name) ? texts[name]?.trim() : undefined;
    if (text !== undefined && text !== '') return text;
  }
  return '';
}
