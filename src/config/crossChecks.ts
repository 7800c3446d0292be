import type { ConfigurationFile } from './configurationSchema.ts';
import type { Diagnostic, DiagnosticFix } from './diagnostic.ts';
import { pathText } from './pathText.ts';
import { readSources } from './readSignals.ts';
import type { YamlFile } from './readYaml.ts';
import { didYouMean, wordFix } from './valueFix.ts';

type Path = readonly (string | number)[];
type Service = NonNullable<ConfigurationFile['services']>[string];
type Dependency = NonNullable<Service['dependencies']>[string];
type WrittenObjective = NonNullable<Service['objectives']>[number];

/** Something wrong at a path; its place is the file's affair. */
interface Found {
  readonly severity: Diagnostic['severity'];
  readonly path: Path;
  /** Goes on from the path: `is "x", but …`. */
  readonly text: string;
  readonly fix?: DiagnosticFix | undefined;
  /** The service lacks a `url`. */
  readonly wantsUrl?: true;
  /** The key is wrong, not what it holds. */
  readonly ofKey?: true;
}

/**
 * What parts of the file say of each other. A name or path that leads nowhere is a warning: a check says *unknown* there, and
 * the rest of the file applies. An objective that contradicts itself is an error: a number would be told of something else.
 */
export function crossChecks(content: ConfigurationFile, file: YamlFile): readonly Diagnostic[] {
  const { dataSources } = readSources(content);
  const known = {
    statusPages: Object.keys(content.statusPages ?? {}),
    prometheus: dataSources.prometheus.map(({ name }) => name),
  };
  const found = [
    ...sameNames(content, 'prometheus', known.prometheus),
    ...sameNames(
      content,
      'alertmanager',
      dataSources.alertmanager.map(({ name }) => name),
    ),
    ...Object.entries(content.services ?? {}).flatMap(([name, service]) =>
      ofService(['services', name], service, known),
    ),
  ];
  return found.map(({ path, text, severity, wantsUrl, ofKey, ...found }) => {
    const fix = wantsUrl === true ? addUrl(path.slice(0, 2), file) : found.fix;
    const place = file.placeOf(path, { ofKey: ofKey === true });
    const diagnostic = { severity, message: `${pathText(path)} ${text}`, path: pathText(path), ...place };
    return fix === undefined ? diagnostic : { ...diagnostic, fix };
  });
}

interface KnownNames {
  readonly statusPages: readonly string[];
  readonly prometheus: readonly string[];
}

function ofService(path: Path, service: Service, known: KnownNames): readonly Found[] {
  const { metrics, health = [], dependencies = {}, objectives = [], logs } = service;
  const base = service.url === undefined ? [...probePaths([...path, 'health'], health)] : [];
  const ownMetrics =
    service.url === undefined && metrics?.url?.startsWith('/') === true ? [[...path, 'metrics', 'url']] : [];
  return [
    ...[...base, ...ownMetrics].map((at) => withoutBase(at)),
    ...unknownSource([...path, 'metrics', 'source'], metrics?.source, known.prometheus),
    ...nearKeys([...path, 'logs'], logs, ['access']),
    ...Object.entries(dependencies).flatMap(([name, one]) => ofDependency([...path, 'dependencies', name], one, known)),
    ...objectives.flatMap((one, index) => ofObjective([...path, 'objectives', index], one)),
  ];
}

function ofDependency(
  path: Path,
  { health = [], statusPage, components }: Dependency,
  known: KnownNames,
): readonly Found[] {
  const paths = probePaths([...path, 'health'], health).map((at): Found => ({
    severity: 'warning',
    path: at,
    text: 'is a path, and a dependency has no url that it could belong to. Write the whole address.',
  }));
  if (statusPage === undefined) {
    if (components === undefined) return paths;
    const text = 'are those of a status page, and none is named. Add statusPage, the name of one of statusPages.';
    return [...paths, { severity: 'warning', path: [...path, 'components'], text }];
  }
  if (known.statusPages.includes(statusPage)) return paths;
  return [...paths, unknownName([...path, 'statusPage'], statusPage, 'statusPages', known.statusPages)];
}

/** The paths of probes that are no whole address. */
function probePaths(path: Path, health: NonNullable<Service['health']>): readonly Path[] {
  return health.flatMap((probe, index) => {
    if (typeof probe === 'string') return probe.startsWith('/') ? [[...path, index]] : [];
    return 'url' in probe && probe.url.startsWith('/') ? [[...path, index, 'url']] : [];
  });
}

function withoutBase(path: Path): Found {
  return {
    severity: 'warning',
    path,
    text: 'is a path, and the service has no url that it could belong to. Add url, or write the whole address.',
    wantsUrl: true,
  };
}

function unknownSource(path: Path, source: string | undefined, known: readonly string[]): readonly Found[] {
  if (source === undefined || known.includes(source)) return [];
  return [unknownName(path, source, 'dataSources.prometheus', known)];
}

function unknownName(path: Path, name: string, of: string, known: readonly string[]): Found {
  const fix = wordFix(name, known);
  const advice =
    fix !== undefined ? didYouMean(fix) : known.length === 0 ? ' There is none.' : ` Known: ${known.join(', ')}.`;
  return { severity: 'warning', path, text: `is "${name}", but must be the name of one of ${of}.${advice}`, fix };
}

/** Keys of a section that takes those of later versions, too: one that is nearly known is a slip. */
function nearKeys(path: Path, section: object | undefined, known: readonly string[]): readonly Found[] {
  const keys = Object.keys(section ?? {});
  const missing = known.filter((key) => !keys.includes(key));
  return keys.flatMap((key) => {
    const fix = known.includes(key) ? undefined : wordFix(key, missing);
    if (fix === undefined) return [];
    const text = `is no key that is known, and is ignored.${didYouMean(fix)}`;
    return [{ severity: 'warning' as const, path: [...path, key], text, fix, ofKey: true as const }];
  });
}

function sameNames(
  { dataSources = {} }: ConfigurationFile,
  kind: 'prometheus' | 'alertmanager',
  names: readonly string[],
): readonly Found[] {
  const written = dataSources[kind];
  if (!Array.isArray(written)) return [];
  return names.flatMap((name, index) => {
    if (names.indexOf(name) === index) return [];
    const isNamed = typeof written[index] === 'object' && 'name' in written[index];
    const path = ['dataSources', kind, index, ...(isNamed ? ['name'] : [])];
    const text = `is called "${name}" as one before it, and only the first can be meant by that name. Give it another name.`;
    return [{ severity: 'warning' as const, path, text }];
  });
}

function ofObjective(path: Path, objective: WrittenObjective): readonly Found[] {
  if ('openslo' in objective) return [];
  const { latency, good, bad, total } = objective;
  const error = (text: string): Found[] => [{ severity: 'error', path, text }];
  const hasQuery = good !== undefined || bad !== undefined;
  if (latency !== undefined && (hasQuery || total !== undefined)) {
    return error('has both latency and PromQL, and only one can tell what is good. Remove one of them.');
  }
  if (hasQuery && total === undefined) {
    return error(
      `has ${good === undefined ? 'bad' : 'good'} without total, so there is no share of it. Add total, the PromQL of all.`,
    );
  }
  if (total !== undefined && !hasQuery) return error('has total with neither good nor bad. Add one of them.');
  if (good !== undefined && bad !== undefined)
    return error('has both good and bad. Remove one of them: the other is what total leaves.');
  return [];
}

/** `url` goes in front of the first key of the service, in the way its keys are written. */
function addUrl(service: Path, file: YamlFile): DiagnosticFix | undefined {
  const written = service.reduce<unknown>(
    (parent, segment) => (parent as Record<string, unknown>)[segment],
    file.value,
  );
  const [first] = Object.keys(written as object);
  if (first === undefined) return undefined;
  const { line, column } = file.placeOf([...service, first], { ofKey: true });
  const isFlow = line === file.placeOf(service, { ofKey: true }).line;
  const after = isFlow ? ', ' : `\n${' '.repeat(column - 1)}`;
  return { kind: 'insert', title: 'Add url to the service', line, column, before: 'url: ', gap: 'https://', after };
}
