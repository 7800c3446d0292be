import type { VersionEndpoint } from '../../config/serviceConfiguration.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { EndpointAnswer } from './deployedSources.ts';

/** A version as a source gave it, with where in it; or, in a few words, why there is none. */
export type ToldVersion =
  | { readonly kind: 'told'; readonly version: string; readonly where: string }
  | { readonly kind: 'silent'; readonly reason: string };

/** Where versions usually are: plain fields, Spring's `/actuator/info`, builds that describe themselves. */
const usualFields = [
  ...['commit', 'sha', 'gitCommit', 'git_commit', 'gitSha', 'git_sha', 'revision'],
  ...['git.commit.id.full', 'git.commit.id', 'git.commit', 'git.sha', 'build.commit', 'build.revision'],
  ...['version', 'build.version', 'app.version'],
];

/** The version in what a service answered: at the field or in the header that is configured, else at the usual ones. */
export function endpointVersion({ json, header }: VersionEndpoint, { headers, body }: EndpointAnswer): ToldVersion {
  if (json !== undefined) return inJson(body, [json]);
  if (header !== undefined) {
    const value = headers[header.toLowerCase()]?.trim();
    return value === undefined || value === ''
      ? { kind: 'silent', reason: `its answer has no header ${header}` }
      : told(value, header);
  }
  if (/^\s*[{["]/.test(body)) return inJson(body, usualFields);
  const text = body.trim();
  const isVersion = text !== '' && text.length <= 200 && !/[\n<]/.test(text);
  return isVersion ? told(text, 'text') : { kind: 'silent', reason: 'its answer is neither JSON nor one line of text' };
}

function inJson(body: string, fields: readonly string[]): ToldVersion {
  const value = parsed(body);
  if (value === undefined) return { kind: 'silent', reason: 'its answer is no JSON' };
  if (typeof value === 'string') return told(value, 'text');
  for (const field of fields) {
    const found = fieldOf(value, field);
    if (typeof found === 'string' && found.trim() !== '') return told(found.trim(), field);
    if (typeof found === 'number' && Number.isFinite(found)) return told(String(found), field);
  }
  const [only] = fields;
  const what =
    fields.length === 1 && only !== undefined ? `text at ${plainLine(only, 100)}` : 'version that could be recognised';
  return { kind: 'silent', reason: `its answer has no ${what}` };
}

/** A key may have dots in it itself: `build.commit` is looked up whole before it is a path. */
function fieldOf(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  const dot = path.indexOf('.');
  if (dot < 0 || !Object.hasOwn(value, path.slice(0, dot))) return undefined;
  return fieldOf((value as Record<string, unknown>)[path.slice(0, dot)], path.slice(dot + 1));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // Its caller says that this is no JSON.
  }
}

function told(version: string, where: string): ToldVersion {
  return { kind: 'told', version: plainLine(version, 200), where };
}
