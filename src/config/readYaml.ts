import type { Document, YAMLError } from 'yaml';
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { messageOf } from '../incident/incidentError.ts';
import { redactDeep } from '../safety/redact.ts';
import type { Diagnostic, DiagnosticFix } from './diagnostic.ts';
import type { Place } from './yamlPlaces.ts';
import { nameOf, placeOfPath, placeOfRange } from './yamlPlaces.ts';

/** A file of the team's that is read whole; larger ones are a mistake, and parsing them would block the editor. */
export const largestFileCharacters = 256 * 1024;

const syntaxAdvice: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'This line is indented with a tab, which YAML does not allow. Indent with spaces.',
  MULTIPLE_DOCS: 'A second document begins here (---), and only one is read. Remove the line and merge the two.',
  RESOURCE_EXHAUSTION: 'The file is nested too deeply to be read. Remove the brackets or the indentation here.',
  TAG_RESOLVE_FAILED: 'This tag is unknown, and is ignored. Remove it.',
  BAD_ALIAS: 'This alias refers to nothing. Define the anchor (&name) above it, or write the value out.',
};

/** A YAML file with the places of its values. `value` is undefined when it could not be read. */
export interface YamlFile {
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  placeOf(path: readonly (string | number)[], options?: { readonly ofKey?: boolean }): Place;
}

/** Reads YAML that anyone may have written: no code, no bombs, no duplicate keys. Never throws. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  // Its own search for duplicate keys takes quadratic time.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  // One nesting that is too deep gives as many errors as it has levels.
  const exhausted = document.errors.filter(({ code }) => code === 'RESOURCE_EXHAUSTION').slice(0, 1);
  const errors = exhausted.length > 0 ? exhausted : document.errors;
  const problems = [
    ...errors.map((error) => syntaxProblem(error, 'error', lines)),
    ...document.warnings.map((warning) => syntaxProblem(warning, 'warning', lines)),
    ...duplicateKeys(document, lines),
  ];
  const placeOf: YamlFile['placeOf'] = (path, options) => placeOfPath(document, lines, path, options);
  if (problems.some(({ severity }) => severity === 'error'))
    return { value: undefined, diagnostics: problems, placeOf };
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { value, diagnostics: [...problems, ...credentials(document, lines)], placeOf };
  } catch (error) {
    const message = `The aliases (*name) of this file cannot be followed: ${messageOf(error)}. Write the values out.`;
    return {
      value: undefined,
      diagnostics: [...problems, { severity: 'error', message, path: '', ...placeOf([]) }],
      placeOf,
    };
  }
}

function syntaxProblem(
  { code, message, pos }: YAMLError,
  severity: Diagnostic['severity'],
  lines: LineCounter,
): Diagnostic {
  const known = syntaxAdvice[code] ?? `This is not valid YAML: ${message}.`;
  return { severity, message: known.replace(/\.\.$/, '.'), path: '', ...placeOfRange(lines, pos[0], pos[1]) };
}

function duplicateKeys(document: Document, lines: LineCounter): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = nameOf(key);
        if (seen.has(name) && isScalar(key) && key.range) {
          const message = `The key "${name}" is there twice, and only one can count. Remove one of them.`;
          found.push({ severity: 'error', message, path: name, ...placeOfRange(lines, key.range[0], key.range[1]) });
        }
        seen.add(name);
      }
    },
  });
  return found;
}

const adviceForValue = 'Write secret:NAME and keep the value with "Incident: Set Secret…"';
const adviceForAddress = 'An address holds no secret:NAME: put it into headers';

function credentials(document: Document, lines: LineCounter): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Scalar(_key, { value, range }, path) {
      if (typeof value !== 'string' || !range) return;
      const parent = path.at(-1);
      const name = isMap(parent) || parent === undefined || !('key' in parent) ? '' : nameOf(parent.key);
      if (name === value || redactDeep({ [name]: value })[name] === value) return;
      // No secret is put into an address: a reference there would be asked for as it stands.
      const isAddress = /^[a-z][a-z\d+.-]*:\/\//i.test(value);
      const what = 'This looks like a credential, and the file is for everybody to read.';
      const message = `${what} ${isAddress ? adviceForAddress : adviceForValue}; then change the credential.`;
      const fix = isAddress ? {} : { fix: secretFix(name, value) };
      found.push({ severity: 'warning', message, path: name, ...placeOfRange(lines, range[0], range[1]), ...fix });
    },
  });
  return found;
}

/** `Bearer …` keeps its first word; the secret is called as its key is. */
function secretFix(key: string, value: string): DiagnosticFix {
  const secret =
    key
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^[_\d]+|_+$/g, '')
      .toUpperCase() || 'TOKEN';
  const [scheme = ''] = /^(?:Bearer|Basic|Token|Splunk|ApiKey) /i.exec(value) ?? [];
  return { kind: 'secret', title: `Replace it by secret:${secret}`, text: `${scheme}secret:${secret}`, secret };
}
