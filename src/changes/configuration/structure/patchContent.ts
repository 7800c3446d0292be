import { UnreadableConfiguration } from '../configurationFormat.ts';
import { yamlFile } from '../readers/yamlFile.ts';
import type { Plain } from '../structuralDifferences.ts';
import { isLeaf, isRecord } from './plainKinds.ts';

/** A patch of a Kustomization, `{patch: text, target}` or text alone, with its text as what it says. */
export function patchContent(patch: Plain): Plain {
  if (typeof patch === 'string') return parsed(patch);
  return isRecord(patch) && typeof patch['patch'] === 'string' ? { ...patch, patch: parsed(patch['patch']) } : patch;
}

/** One line is the path of a file. */
function parsed(text: string): Plain {
  if (!text.trim().includes('\n')) return text;
  try {
    const { value } = yamlFile(text);
    return isLeaf(value) ? text : value;
  } catch (error) {
    // Then it is told as text.
    if (error instanceof UnreadableConfiguration) return text;
    throw error;
  }
}
