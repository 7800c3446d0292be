import * as vscode from 'vscode';
import type { Policy } from '../../incident/policy.ts';
import type { Severity } from '../../incident/severity.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';

type Reply = 'yes' | 'no' | 'unsure';

interface Question {
  readonly ask: string;
  readonly severity: Severity;
  readonly confidential?: boolean;
}

/** The protocol's meanings as questions, the worst first. */
function questions(): readonly Question[] {
  return [
    {
      ask: vscode.l10n.t('Could someone have got at data or systems who should not?'),
      severity: 'SEV1',
      confidential: true,
    },
    { ask: vscode.l10n.t('Is the whole service down for everybody?'), severity: 'SEV1' },
    { ask: vscode.l10n.t('Is data being lost or damaged?'), severity: 'SEV1' },
    { ask: vscode.l10n.t('Is a major feature down, or is the impact significant?'), severity: 'SEV2' },
    { ask: vscode.l10n.t('Do people notice, even if they can work around it?'), severity: 'SEV3' },
  ];
}

/**
 * Asks from the worst level down and takes the first that is not ruled out: "not sure" counts as yes, for the worse level
 * is taken when in doubt. Undefined when cancelled.
 */
export async function chooseSeverity(
  policy: Policy,
  title: string,
): Promise<{ readonly severity: Severity; readonly confidential: boolean } | undefined> {
  for (const { ask, severity, confidential = false } of questions()) {
    const reply = valueOf(
      await askChoice<Reply>({
        title,
        placeholder: ask,
        choices: [
          { label: vscode.l10n.t('No'), value: 'no' },
          { label: vscode.l10n.t('Yes'), description: levelText(policy, severity), value: 'yes' },
          {
            label: vscode.l10n.t('Not sure'),
            description: confidential
              ? vscode.l10n.t('then the worse level: {0}, confidential until you know', severity)
              : vscode.l10n.t('then the worse level: {0}', severity),
            value: 'unsure',
          },
        ],
      }),
    );
    if (reply === undefined) return undefined;
    if (reply !== 'no') return { severity, confidential };
  }
  return { severity: 'SEV4', confidential: false };
}

function levelText(policy: Policy, severity: Severity): string {
  return `${severity}: ${policy.severities[severity].meaning}`;
}
