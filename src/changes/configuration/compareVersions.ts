import { messageOf } from '../../incident/incidentError.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { redact } from '../../safety/redact.ts';
import type { ChangeStatus } from '../history/readsHistory.ts';
import { classifyConfiguration, isConfigurationPath } from './classifyConfiguration.ts';
import type { ConfigurationFormat, ConfigurationKind, FileVersions } from './configurationFormat.ts';
import { UnreadableConfiguration } from './configurationFormat.ts';
import type { Difference } from './difference.ts';
import { lineDifferences } from './lineDifferences.ts';
import type { Content } from './readsVersions.ts';
import { redactedDifference } from './redactedDifference.ts';

/** A changed file with both its contents. */
export interface ReadVersions {
  readonly status: ChangeStatus;
  readonly path: string;
  readonly oldPath?: string;
  readonly isLink: boolean;
  readonly before: Content;
  readonly after: Content;
  readonly beside: ReadonlyMap<string, string>;
}

/** How a file differs, as it may be shown, stored and exported. */
export interface ComparedFile {
  /** The format that read it; undefined when none did. */
  readonly format?: { readonly kind: ConfigurationKind; readonly name: string };
  /** Redacted. Empty when only order or formatting differ. */
  readonly differences: readonly Difference[];
  /** How many differences there are beyond those. */
  readonly more: number;
  /** Why it is told line by line, or not compared: `not a format Mayday reads`, `does not parse: line 3: …`. */
  readonly insteadBecause?: string;
  /** True for a file that its path may have been configuration, and its content is none: nothing is told of it. */
  readonly isOther?: true;
}

const mostDifferences = 100;

/** What differs between the versions of a file: in meaning where a format reads them, else in lines, saying why. Never throws. */
export function compareVersions(file: ReadVersions, formats: readonly ConfigurationFormat[]): ComparedFile {
  if (isOther(file, formats)) return { differences: [], more: 0, isOther: true };
  const { before, after } = file;
  const unread = [after, before].find(({ kind }) => kind !== 'text' && kind !== 'absent');
  if (unread !== undefined) return notCompared(file, unread);
  const versions: FileVersions = { path: file.path, beside: file.beside, before: textIn(before), after: textIn(after) };
  const moved: readonly Difference[] =
    file.oldPath === undefined || file.status === 'copied'
      ? []
      : [{ kind: 'told', text: `moved from ${file.oldPath}` }];
  if (file.isLink) return kept([...moved, linkDifference(versions)], { insteadBecause: 'a symbolic link' });
  const format = classifyConfiguration(file.path, versions.after ?? versions.before, formats);
  if (format === undefined) {
    return kept([...moved, ...lineDifferences(versions)], { insteadBecause: 'not a format Mayday reads' });
  }
  const read = { format: { kind: format.kind, name: format.name } };
  try {
    return kept([...moved, ...format.differences(versions)], read);
  } catch (error) {
    return kept([...moved, ...lineDifferences(versions)], { ...read, insteadBecause: whyUnreadable(error) });
  }
}

/** True for a file that only its content could have given away as configuration, and it does not. */
export function isOther(
  { path, oldPath, isLink, before, after }: ReadVersions,
  formats: readonly ConfigurationFormat[],
): boolean {
  if ([path, ...(oldPath === undefined ? [] : [oldPath])].some((name) => isConfigurationPath(name, formats)))
    return false;
  const texts = [after, before].map(textIn).filter((text) => text !== undefined);
  return isLink || texts.every((text) => classifyConfiguration(path, text, formats) === undefined);
}

/** What stands for a file that could not be compared. */
export function notComparedBecause(reason: string): ComparedFile {
  return { differences: [{ kind: 'told', text: 'differs, in what is not known' }], more: 0, insteadBecause: reason };
}

function kept(differences: readonly Difference[], about: Omit<ComparedFile, 'differences' | 'more'>): ComparedFile {
  return {
    ...about,
    differences: differences.slice(0, mostDifferences).map(redactedDifference),
    more: Math.max(0, differences.length - mostDifferences),
  };
}

function textIn(content: Content): string | undefined {
  return content.kind === 'text' ? content.text : undefined;
}

function linkDifference({ before, after }: FileVersions): Difference {
  if (before === undefined) return { kind: 'added', subject: 'link', after: after ?? '' };
  return after === undefined
    ? { kind: 'removed', subject: 'link', before }
    : { kind: 'changed', subject: 'link', before, after };
}

function whyUnreadable(error: unknown): string {
  const said = plainLine(redact(messageOf(error)), 160);
  if (error instanceof UnreadableConfiguration) return `does not parse: ${said}`;
  // A parser's limits against hostile input, or a shape that nobody foresaw: never a reason to tell nothing.
  return `could not be read: ${said}`;
}

function notCompared({ before, after }: ReadVersions, unread: Content): ComparedFile {
  const sizes = [before, after].map(sizeText).join(' → ');
  switch (unread.kind) {
    case 'binary':
      return kept([{ kind: 'told', text: `binary file: ${sizes}` }], { insteadBecause: 'no text' });
    case 'notFetched':
      return notComparedBecause('this partial clone does not have its contents');
    default:
      return kept([{ kind: 'told', text: `too large to compare: ${sizes}` }], { insteadBecause: 'too large to read' });
  }
}

function sizeText(content: Content): string {
  switch (content.kind) {
    case 'absent':
      return 'not there';
    case 'notFetched':
      return 'unknown';
    case 'text':
      return bytesText(content.text.length);
    default:
      return bytesText(content.bytes);
  }
}

function bytesText(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} bytes`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
