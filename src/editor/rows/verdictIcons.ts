import type { Verdict } from '../../incident/words.ts';

/** How a verdict looks: by its shape first, and by colour beside it. */
export const verdictIcons: Readonly<Record<Verdict, { readonly id: string; readonly color?: string }>> = {
  ok: { id: 'pass', color: 'testing.iconPassed' },
  suspicious: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  bad: { id: 'error', color: 'problemsErrorIcon.foreground' },
  notApplicable: { id: 'dash' },
  unknown: { id: 'question' },
};
