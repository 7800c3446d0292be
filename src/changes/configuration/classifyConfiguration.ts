import type { ConfigurationFormat } from './configurationFormat.ts';
import { isDevelopersPath } from './settingsPaths.ts';

/**
 * The format that reads a file: the first that fits. `text` undefined: by the path alone, where that tells.
 * Undefined for what is in no format that Mayday reads.
 */
export function classifyConfiguration(
  path: string,
  text: string | undefined,
  formats: readonly ConfigurationFormat[],
): ConfigurationFormat | undefined {
  if (text !== undefined) return formats.find((format) => format.fits(path, text));
  let known = knownByPath.get(formats);
  if (known === undefined) knownByPath.set(formats, (known = new Map<string, ConfigurationFormat | undefined>()));
  if (!known.has(path)) {
    if (known.size >= mostKnown) known.clear();
    known.set(
      path,
      formats.find((format) => format.fits(path, undefined)),
    );
  }
  return known.get(path);
}

/** True for a file that its path gives away as configuration: in a format, or as lines. */
export function isConfigurationPath(path: string, formats: readonly ConfigurationFormat[]): boolean {
  return looksLikeConfiguration(path) || classifyConfiguration(path, undefined, formats) !== undefined;
}

/** True for a file whose path allows a format that only the content tells. */
export function mayBeConfiguration(path: string, formats: readonly ConfigurationFormat[]): boolean {
  return formats.some((format) => format.mayFit?.(path) === true);
}

/** Large merges change a hundred thousand files; the paths of the usual ones are kept. */
const mostKnown = 20_000;

/** Several steps of one look ask the same of every file, and so does the next look. */
const knownByPath = new WeakMap<readonly ConfigurationFormat[], Map<string, ConfigurationFormat | undefined>>();

/** Endings of files that hold settings, whatever is in them. */
const settings =
  /\.(?:ya?ml|json[c5]?|toml|ini|cfg|cnf|conf|config|properties|env|tf|tfvars|hcl|sql|xml|plist|zone|db|lock|tmpl|tpl|j2|cue|jsonnet|libsonnet|rego|service|timer|rules|vcl)$/i;

/** Folders whose files are settings unless their ending says otherwise. */
const settingsFolder =
  /(?:^|\/)(?:config|conf|configs|conf\.d|etc|sites-(?:available|enabled)|settings|env|environments)\//i;

/** Endings of programs, documents and pictures: no settings, even in a folder of such. */
const program =
  /\.(?:[cm]?[jt]sx?|py|go|java|kts?|rb|php|cs|rs|c|h|cc|cpp|hpp|swift|scala|clj|ex|exs|erl|sh|bash|ps1|md|mdx|rst|txt|html?|css|s[ac]ss|less|svg|png|jpe?g|gif|ico|webp|pdf|woff2?|map|snap|csv|diff|patch)$/i;

/** Names without an ending that hold settings. */
const settingsName =
  /^(?:Procfile|Jenkinsfile|Vagrantfile|Tiltfile|Earthfile|Caddyfile|Makefile|Gemfile|Pipfile|Brewfile|CODEOWNERS|requirements[\w.-]*\.txt|go\.mod)$/;

/**
 * True for a file that by its name holds settings of what runs, though no format may know them: it is then told line by
 * line. What only developers' tools read is left out.
 */
export function looksLikeConfiguration(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const looks = settingsName.test(name) || settings.test(name) || (settingsFolder.test(path) && !program.test(name));
  // Last, because it takes longest, and most files are programs.
  return looks && !isDevelopersPath(path);
}
