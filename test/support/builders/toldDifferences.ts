import type { ConfigurationFormat } from '../../../src/changes/configuration/configurationFormat.ts';
import { differenceText } from '../../../src/changes/configuration/difference.ts';

export interface ToldOptions {
  readonly path?: string;
  readonly beside?: Readonly<Record<string, string>>;
}

/** What a format tells between two versions of a file, as people read it; `line 3: …` alone for what does not parse. */
export function toldDifferences(
  format: ConfigurationFormat,
  before: string | undefined,
  after: string | undefined,
  { path = 'file', beside = {} }: ToldOptions = {},
): readonly string[] {
  try {
    return format
      .differences({ path, before, after, beside: new Map(Object.entries(beside)) })
      .map((difference) => differenceText(difference));
  } catch (error) {
    if (error instanceof Error && error.name === 'UnreadableConfiguration') return [error.message];
    throw error;
  }
}
