import { classifyConfiguration } from '../configuration/classifyConfiguration.ts';
import type { ConfigurationFormat } from '../configuration/configurationFormat.ts';

/**
 * What files are for, by their paths: as check 2 classifies them, else by their looks. `formats` in the order in which they
 * are asked.
 */
export function pathKinds(formats: readonly ConfigurationFormat[]): (path: string) => PathKind | undefined {
  const known = new Map<string, PathKind | undefined>();
  return (path) => {
    if (known.has(path)) return known.get(path);
    const kind = classifyConfiguration(path, undefined, formats)?.kind;
    const told =
      kind === undefined ? pathKind(path) : kind === 'lockFile' || kind === 'migration' ? kind : 'configuration';
    known.set(path, told);
    return told;
  };
}

/** What a file is for, as far as its path tells without looking into it. */
export type PathKind = 'lockFile' | 'migration' | 'configuration';

const lockFiles =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|deno\.lock|poetry\.lock|Pipfile\.lock|pdm\.lock|uv\.lock|requirements[\w.-]*\.txt|go\.sum|go\.mod|Cargo\.lock|Gemfile\.lock|composer\.lock|packages\.lock\.json|gradle\.lockfile|mix\.lock|pubspec\.lock)$/;

const migrations =
  /(?:^|\/)(?:db\/(?:migrate|structure\.sql|schema\.rb)|migrations?|flyway|alembic\/versions)(?:\/|$)|(?:^|\/)[VUR]\d[\w.]*__[^/]*\.sql$/;

const settings =
  /\.(?:ya?ml|toml|ini|cfg|cnf|conf|properties|env|tf|tfvars|hcl|zone)$|(?:^|\/)(?:\.env[\w.-]*|Dockerfile[\w.-]*|[\w.-]*\.Dockerfile|Procfile|Caddyfile|nginx[\w.-]*|Chart\.lock)$|(?:^|\/)(?:config|conf|settings|flags?|feature-?flags?|env|environments|k8s|kubernetes|deploy|helm|charts)\/.*\.jsonc?$|(?:^|\/)(?:appsettings|config|settings|flags?)[\w.-]*\.jsonc?$/i;

/** The kind of a path (with `/`); undefined for everything else. */
export function pathKind(path: string): PathKind | undefined {
  if (lockFiles.test(path)) return 'lockFile';
  if (migrations.test(path)) return 'migration';
  return settings.test(path) ? 'configuration' : undefined;
}
