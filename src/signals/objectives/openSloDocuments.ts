import { setImmediate as turn } from 'node:timers/promises';
import { readYaml } from '../../config/readYaml.ts';
import type { FileProblem, TeamFile } from './teamFiles.ts';

type Path = readonly (string | number)[];

/** In UTF-16 units. Parsing more at once would hold the editor up. */
const longestDocument = 64 * 1024;

/** One document of a YAML file that says it is OpenSLO. */
export interface OpenSloDocument {
  readonly path: string;
  /** `SLO`, `SLI`, … */
  readonly kind: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** The line of a value in the file, from 1. */
  lineOf(path: Path): number;
}

/**
 * The documents of files in OpenSLO's format. What is of another format is left alone: folders of manifests hold more than
 * objectives. Each document is parsed in a turn of its own. Never throws.
 */
export async function openSloDocuments(
  files: readonly TeamFile[],
): Promise<{ readonly documents: readonly OpenSloDocument[]; readonly problems: readonly FileProblem[] }> {
  const documents: OpenSloDocument[] = [];
  const problems: FileProblem[] = [];
  for (const { path, text } of files) {
    for (const { firstLine, text: part } of partsOf(text)) {
      if (!/openslo(?:\.com)?\//i.test(part)) continue;
      if (part.length > longestDocument) {
        const size = `${String(Math.round(part.length / 1024))} KB`;
        problems.push({ path, line: firstLine, message: `A document of ${size} is not read: objectives are shorter.` });
        continue;
      }
      await turn();
      const { value, diagnostics, placeOf } = readYaml(part);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      const [error] = errors;
      if (error !== undefined) {
        const more = errors.length === 1 ? '' : ` (${String(errors.length - 1)} more)`;
        problems.push({ path, line: firstLine + error.line - 1, message: `${error.message}${more}` });
      }
      const version = textAt(value, ['apiVersion']);
      if (!isRecord(value) || version === undefined || !/^openslo(?:\.com)?\//i.test(version)) continue;
      const lineOf = (at: Path) => firstLine + placeOf(at).line - 1;
      if (version !== 'openslo/v1') {
        const message = `${version} is not read: only openslo/v1 is.`;
        problems.push({ path, line: lineOf(['apiVersion']), message });
      } else documents.push({ path, kind: textAt(value, ['kind']) ?? '', value, lineOf });
    }
  }
  return { documents, problems };
}

/** True for a set of keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, key) => {
    if (Array.isArray(found)) return (found as readonly unknown[])[Number(key)];
    return isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }, value);
}

/** A text that is not empty at a path. */
export function textAt(value: unknown, path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

/** `---` at the beginning of a line parts documents wherever it stands. */
function partsOf(text: string): readonly { readonly firstLine: number; readonly text: string }[] {
  const parts: { firstLine: number; lines: string[] }[] = [{ firstLine: 1, lines: [] }];
  for (const [index, line] of text.split('\n').entries()) {
    if (/^---(?:\s|$)/.test(line)) parts.push({ firstLine: index + 1, lines: [] });
    parts.at(-1)?.lines.push(line);
  }
  return parts
    .map(({ firstLine, lines }) => ({ firstLine, text: lines.join('\n') }))
    .filter((part) => /\S/.test(part.text.replace(/^---/, '')));
}
