import { blockDifferences } from '../blockDifferences.ts';
import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import { mayBeServer, serverKind } from '../readers/servers/serverKind.ts';
import { valueReader } from '../readers/valueReader.ts';
import { structuralDifferences } from '../structuralDifferences.ts';

/** nginx, Apache httpd, HAProxy and Caddy by block and directive, Envoy and Traefik by their structure. */
export const webServer: ConfigurationFormat = {
  kind: 'webServer',
  name: 'Web server',
  fits: (path, text) => serverKind(path, text) !== undefined || isStructured(path, text),
  mayFit: (path) => mayBeServer(path) || structured.test(path),
  differences,
};

const structured = /\.(?:ya?ml|json|toml)$/i;

/** Envoy and Traefik, whose files are YAML, JSON or TOML. */
function isStructured(path: string, text: string | undefined): boolean {
  if (!structured.test(path)) return false;
  if (/(^|\/)(?:envoy|traefik)[\w.-]{0,40}\.(?:ya?ml|json|toml)$/i.test(path))
    return text === undefined || !/^kind:\s/m.test(text);
  if (text === undefined) return false;
  const isEnvoy =
    /^["']?(?:static_resources|dynamic_resources)["']?:/m.test(text) && /\b(?:listeners|clusters)\b/.test(text);
  const isTraefik =
    (/^(?:http|tcp):\s*$/m.test(text) && /^\s{1,8}(?:routers|middlewares|services):\s*$/m.test(text)) ||
    /^\[(?:http|tcp)\.(?:routers|services|middlewares)/m.test(text) ||
    /^entryPoints:\s*$/m.test(text);
  return isEnvoy || isTraefik;
}

function differences({ path, before, after }: FileVersions): readonly Difference[] {
  const kind = serverKind(path, after ?? before);
  if (kind !== undefined) return blockDifferences(kind.read(before ?? ''), kind.read(after ?? ''), subjectOf);
  const read = valueReader(path);
  if (read === undefined) return [];
  const was = before === undefined ? undefined : read(before);
  const is = after === undefined ? undefined : read(after);
  return structuralDifferences(was?.value, is?.value, {
    // Envoy's: a request runs through filters, and the first route that matches takes it.
    isOrderedAt: (names) => /^(?:(?:http_|listener_)?filters|routes)$/.test(names.at(-1) ?? ''),
    ...(was === undefined ? {} : { lineBefore: was.lineOf }),
    ...(is === undefined ? {} : { lineAfter: is.lineOf }),
  });
}

/** What stands around everything tells nothing. */
const around = new Set(['http', 'file']);

function subjectOf(path: readonly string[]): string {
  const told = path.length > 1 ? path.filter((name, at) => !(at === 0 && around.has(name))) : path;
  return told.join(' › ');
}
