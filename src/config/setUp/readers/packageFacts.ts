import { posix } from 'node:path';
import type { Fact, FactReader } from '../facts.ts';

/** Where files that name a program stand, and how they name it. Groups: what stands before the name, and the name. */
const namedBy: readonly (readonly [file: RegExp, name: RegExp])[] = [
  [/(?:^|\/)package\.json$/, /^([^]*?"name"\s*:\s*)"(?:@[\w.-]+\/)?([\w.-]+)"/],
  [/(?:^|\/)go\.mod$/, /^([^]*?module\s+)(?:[\w.-]+\/)*?([\w.-]+?)(?:\/v\d+)?\s*(?:\n|$)/],
  [/(?:^|\/)pyproject\.toml$/, /^([^]*?\[(?:project|tool\.poetry)\][^[]*?\n[ \t]*name[ \t]*=[ \t]*)["']([\w.-]+)["']/],
  [/(?:^|\/)Cargo\.toml$/, /^([^]*?\[package\][^[]*?\n[ \t]*name[ \t]*=[ \t]*)"([\w.-]+)"/],
];

/** The names that programs give themselves: used where nothing says what runs. */
export const packageFacts: FactReader = (path, text) => {
  const name = namedBy.find(([file]) => file.test(path))?.[1];
  const [, before = '', service] = name?.exec(text.slice(0, 20_000)) ?? [];
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  const line = before.split('\n').length;
  const own: Fact[] =
    service === undefined ? [] : [{ kind: 'service', service, by: 'package', folder, place: { path, line } }];
  return [...own, ...actuator(path, text)];
};

/** Spring Boot Actuator brings its paths with it. */
function actuator(path: string, text: string): readonly Fact[] {
  if (!/(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/.test(path)) return [];
  const lineOf = (word: string): number | undefined => {
    const at = text.indexOf(word);
    return at < 0 ? undefined : text.slice(0, at).split('\n').length;
  };
  const health = lineOf('spring-boot-starter-actuator');
  const metrics = lineOf('micrometer-registry-prometheus');
  if (health === undefined) return [];
  return [
    { kind: 'health', path: '/actuator/health', by: 'route', place: { path, line: health } },
    ...(metrics === undefined
      ? []
      : [{ kind: 'metrics' as const, path: '/actuator/prometheus', place: { path, line: metrics } }]),
  ];
}
