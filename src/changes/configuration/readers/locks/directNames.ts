import { parse } from 'smol-toml';
import { readGoMod } from './goLock.ts';
import { pythonName, readRequirements } from './pythonPins.ts';
import { listOf, readStrictJson, recordOf } from '../strictJson.ts';

/** The names that a manifest asks for itself; undefined for one that does not parse or is not known. */
export function directNames(path: string, text: string): ReadonlySet<string> | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return new Set(namesIn(name, text));
  } catch {
    // The manifest's own mistakes are told where it is compared itself; here they only leave "direct" unknown.
    return undefined;
  }
}

function namesIn(name: string, text: string): readonly string[] {
  switch (name) {
    case 'package.json':
      return keysOf(recordOf(readStrictJson(text)), [
        'dependencies',
        'devDependencies',
        'optionalDependencies',
        'peerDependencies',
      ]);
    case 'composer.json':
      return keysOf(recordOf(readStrictJson(text)), ['require', 'require-dev']);
    case 'go.mod':
      return readGoMod(text)
        .packages.filter(({ isDirect }) => isDirect === true)
        .map((one) => one.name);
    case 'Pipfile':
      return keysOf(recordOf(parse(text)), ['packages', 'dev-packages']).map(pythonName);
    case 'pyproject.toml':
      return pyproject(recordOf(parse(text))).map(pythonName);
    default:
      return readRequirements(text, undefined).packages.map((one) => one.name);
  }
}

function keysOf(root: Readonly<Record<string, unknown>>, fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => Object.keys(recordOf(root[field])));
}

function pyproject(root: Readonly<Record<string, unknown>>): readonly string[] {
  const project = recordOf(root['project']);
  const groups = [
    project['dependencies'],
    ...Object.values(recordOf(project['optional-dependencies'])),
    ...Object.values(recordOf(root['dependency-groups'])),
  ];
  const specifiers = groups.flatMap(listOf).filter((one) => typeof one === 'string');
  const poetry = recordOf(recordOf(root['tool'])['poetry']);
  const poetryGroups = Object.values(recordOf(poetry['group'])).flatMap((group) =>
    keysOf(recordOf(group), ['dependencies']),
  );
  return [
    ...specifiers.map((specifier) => /^[\w.-]{1,100}/.exec(specifier.trim())?.[0] ?? ''),
    ...keysOf(poetry, ['dependencies', 'dev-dependencies']),
    ...poetryGroups,
  ];
}
