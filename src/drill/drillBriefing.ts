import type { Severity } from '../incident/severity.ts';
import type { Symptom } from '../incident/words.ts';

/** What the person on call knows when the drill begins: the page, and what it suggests. */
export interface DrillBriefing {
  readonly title: string;
  readonly severity: Severity;
  readonly symptom: Symptom;
  readonly impact: string;
  /** The alert as paged, several lines of plain text. */
  readonly alertText: string;
}

/** The drill's page. It says what an alert would, and nothing about the cause. */
export const drillBriefing: DrillBriefing = {
  title: 'Checkout requests fail',
  severity: 'SEV2',
  symptom: 'highErrorRate',
  impact: 'Customers cannot place orders; products and carts still work',
  alertText: [
    '[FIRING] CheckoutErrorRateHigh',
    'Checkout requests fail',
    'More than 5 % of the requests to /checkout are answered with a 5xx status.',
    'severity=page service=checkout namespace=shop',
    'Runbook: docs/runbook.md',
  ].join('\n'),
};
