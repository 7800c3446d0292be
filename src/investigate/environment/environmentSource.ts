import type { FindingSource } from '../configuration/configurationCheck.ts';
import { environmentFindings } from './environmentFindings.ts';
import { environmentFindingOf } from './environmentText.ts';
import type { EnvironmentTools } from './environmentTools.ts';

/** Tells check 2 which variables the code began or ceased to read, and where the repository sets them. */
export function environmentSource(tools: EnvironmentTools): FindingSource {
  return async (sight, signal) => {
    // Check 2 itself says why there is nothing to see.
    if (sight.kind === 'none') return { findings: [], unseen: [] };
    const seen = await environmentFindings(tools, sight, signal);
    if (seen.kind === 'none') {
      return { findings: [], unseen: [`The variables that code reads were not looked at: ${seen.reason}`] };
    }
    return { findings: seen.findings.map((finding) => environmentFindingOf(finding, seen)), unseen: seen.gaps };
  };
}
