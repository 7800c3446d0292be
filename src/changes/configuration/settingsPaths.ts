/**
 * Which files hold settings of applications, by their path.
 *
 * TOML, INI and `.properties` files do wherever they are. YAML and JSON do when their name says so (`application-prod.yml`,
 * `appsettings.json`, `shop-config.yaml`, `production.json`) or the folder they are in (`config/`, `conf/`, `settings/`, …).
 * None of them do in folders of tests, examples, documents, translations and build output, nor when a tool of developers reads
 * them: linters, compilers, editors, package managers. Files whose name begins with a dot are such tools' as well.
 */
export function isSettingsPath(path: string): boolean {
  const { folders, name, ending } = partsOf(path);
  if (!endings.test(ending) || isDevelopersPath(path)) return false;
  return anywhere.test(ending) || settingsName.test(stemOf(name)) || settingsFolder.test(`/${folders}`);
}

const endings = /^(?:ya?ml|json|jsonc|json5|toml|ini|cfg|properties)$/i;
const anywhere = /^(?:toml|ini|cfg|properties)$/i;

const settingsName = new RegExp(
  [
    String.raw`^(?:app|application|bootstrap|config|configuration|conf|settings|appsettings|environments?|defaults?|server`,
    'production|prod|staging|stage|development|dev|local|qa|uat|sandbox|preview|live',
    String.raw`logging|logback|log4j2?|database|redis|cache|sidekiq|storage|gateway|envoy|rabbitmq|kafka`,
    String.raw`prometheus|alertmanager|otel|otelcol|collector|fluent-?bit|promtail|loki|datasources?|vector`,
    String.raw`serverless|vercel|netlify|render|fly|firebase|wrangler|helmfile|runtimeconfig)(?:[._-][\w.-]+)?$`,
    String.raw`^[\w.-]+[._-](?:config|configuration|conf|settings|production|prod|staging)$`,
  ].join('|'),
  'i',
);

const settingsFolder =
  /\/(?:config|configs|conf|configuration|configurations|settings|etc|environments|env|envs|appconfig)\/|\/src\/main\/resources\/$/i;

/** Folders of tests, examples, documents, translations, output and tools. */
const otherFolders =
  /\/(?:tests?|__\w+__|fixtures?|testdata|test-data|specs?|e2e|cypress|playwright|mocks?|stubs|snapshots|examples?|samples?|demos?|docs?|schemas?|locales?|i18n|l10n|lang|languages|translations|messages|node_modules|vendor|third_party|dist|build|out|coverage|target|\.[^/]+)\//i;

const otherNames = new RegExp(
  [
    String.raw`^\.`,
    String.raw`(?:^|[._-])(?:schema(?!\.sql$)|lock|min|test|spec|example|sample|stories)\.\w+$`,
    String.raw`[._-]template\.\w+$`,
    String.raw`^(?:ts|js)config\b|^tslint\.|^eslint\b|^prettier\b|^stylelint\b|^(?:babel|jest|vitest|vite|webpack|rollup|commitlint|lint-staged|karma|playwright|cypress|release|postcss|tailwind|typedoc|api-extractor|biome|dprint|nx|turbo|lerna|rush|angular|project|components|cspell|renovate|nodemon|tsdoc|deno|jsr)(?:\.config)?\.\w+$`,
    String.raw`^(?:devcontainer|launch|tasks|manifest|bower|package-lock|npm-shrinkwrap|composer|pnpm-workspace|pnpm-lock|mkdocs|codecov|dependabot|buf(?:\.\w+)*|sqlc|codegen|Taskfile|lefthook|openapi|swagger|detekt|checkstyle|pubspec)\.\w+$`,
    String.raw`^(?:Cargo|pyproject|poetry|uv|ruff|black|rustfmt|clippy|rust-toolchain|taplo|book|bunfig|deny|cliff|release-plz|typos|mise|Project|Manifest|[\w.-]*versions)\.toml$`,
    String.raw`^(?:pytest|tox|mypy|pylint)\.ini$|^setup\.cfg$|^(?:gradle|gradle-wrapper|local|sonar-project|lombok|crowdin)\.properties$|^(?:messages|strings|labels|ValidationMessages|Bundle)(?:_\w+)?\.properties$|_[a-z]{2}(?:_[A-Z]{2})?\.properties$`,
  ].join('|'),
);

/** True for what only developers and their tools read: tests, examples, documents, settings of linters and editors. */
export function isDevelopersPath(path: string): boolean {
  const { folders, name } = partsOf(path);
  return otherFolders.test(`/${folders}`) || otherNames.test(name);
}

function partsOf(path: string): { readonly folders: string; readonly name: string; readonly ending: string } {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    folders: path.slice(0, path.length - name.length),
    name,
    ending: name.slice(name.lastIndexOf('.') + 1),
  };
}

function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}
