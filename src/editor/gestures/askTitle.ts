import * as vscode from 'vscode';
import { titleLimit, titleProblem } from '../../incident/titleProblem.ts';
import type { Answer } from '../platform/prompts.ts';
import { askText } from '../platform/prompts.ts';

/** How many inputs declaring takes at most. */
export const declareSteps = 3;

/** The first input of *Declare Incident*: it needs nothing loaded, so it is there at once. */
export function askTitle(value: string, title: string = vscode.l10n.t('Declare Incident')): Promise<Answer<string>> {
  return askText({
    title,
    step: 1,
    steps: declareSteps,
    prompt: vscode.l10n.t('What is wrong, in a few words?'),
    placeholder: vscode.l10n.t('Checkout requests fail'),
    value,
    rememberAs: 'title',
    validate: (text) => problemText(titleProblem(text)),
  });
}

function problemText(problem: ReturnType<typeof titleProblem>): string | undefined {
  switch (problem) {
    case undefined:
      return undefined;
    case 'empty':
      return vscode.l10n.t('An incident needs a title: a few words are enough.');
    case 'tooLong':
      return vscode.l10n.t('A title has at most {0} characters; more goes into the impact.', titleLimit);
  }
}
