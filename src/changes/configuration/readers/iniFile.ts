import { iniValue } from './iniValue.ts';
import type { LocatedValue } from './locatedValue.ts';
import { unreadableAt } from './unreadableAt.ts';

const sectionRow = /^\[([^\]]{1,200})\]\s*(?:[;#].*)?$/;
const assignmentRow = /^[\w./*-]{1,200}\s*=/;
/** Within a section: `skip-name-resolve`, `!includedir /etc/mysql/conf.d/`. */
const bareRow = /^(?:[\w-]{1,200}(?:\s*[;#].*)?|!include(?:dir)?\s.*)$/;

/**
 * True for text in the shape of an INI file, whatever its name: sections of assignments, or assignments alone. Not where a
 * section stands twice: each may be one of several peers.
 */
export function isIniFile(text: string): boolean {
  return otherRow(text) === undefined;
}

/** The value of an INI file, see `iniValue`. Throws UnreadableConfiguration for what `isIniFile` is false of. */
export function iniFile(text: string): LocatedValue {
  const line = otherRow(text);
  if (line !== undefined) throw unreadableAt(line, 'neither a section nor key = value');
  return iniValue(text);
}

/** The first line that no INI file has; undefined when there is none. Of an empty file, the first. */
function otherRow(text: string): number | undefined {
  const sections = new Set<string>();
  let isEmpty = true;
  for (const [index, row] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = row.trim();
    if (content === '' || /^[;#]/.test(content)) continue;
    const section = sectionRow.exec(content)?.[1]?.trim();
    const goesOn = /^\s/.test(row) && !isEmpty;
    const isSetting = assignmentRow.test(content) || (sections.size > 0 && (bareRow.test(content) || goesOn));
    if (section === undefined ? !isSetting : sections.has(section)) return index + 1;
    if (section !== undefined) sections.add(section);
    isEmpty = false;
  }
  return isEmpty ? 1 : undefined;
}
