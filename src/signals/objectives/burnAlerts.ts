/** Two windows that must both burn at least `factor` times as fast as the budget allows. */
export interface BurnAlert {
  readonly longMinutes: number;
  readonly shortMinutes: number;
  readonly factor: number;
  /** A page is for now, a ticket for the next days. */
  readonly kind: 'page' | 'ticket';
}

const hour = 60;
const day = 24 * hour;

/** For an objective over 30 days: they spend 2 %, 5 % and 10 % of the budget within the long window. */
const overThirtyDays: readonly BurnAlert[] = [
  { longMinutes: hour, shortMinutes: 5, factor: 14.4, kind: 'page' },
  { longMinutes: 6 * hour, shortMinutes: 30, factor: 6, kind: 'page' },
  { longMinutes: 3 * day, shortMinutes: 6 * hour, factor: 1, kind: 'ticket' },
];

/**
 * When the budget of an objective burns too fast: "Multiwindow, Multi-Burn-Rate Alerts" of The Site Reliability Workbook,
 * chapter 5, table 5-8. Its factors are for 30 days; for N days each is `factor × N ÷ 30`, so that the same share of the budget
 * is spent within the long window. It is never below 1, which is what the promise allows, and never above `1 ÷ (1 − target)`, which
 * is how fast it burns when everything fails. Alerts whose long window is longer than the objective's are left out.
 */
export function burnAlertsOf({
  target,
  windowDays,
}: {
  readonly target: number;
  readonly windowDays: number;
}): readonly BurnAlert[] {
  return overThirtyDays
    .filter(({ longMinutes }) => longMinutes <= windowDays * day)
    .map((alert) => ({
      ...alert,
      factor: Math.min(Math.max(1, (alert.factor * windowDays) / 30), burnOf(1, target)),
    }));
}

/** How many times faster than allowed the budget burns while this share of requests is bad: `ratio ÷ (1 − target)`; 1 lasts exactly the window. */
export function burnOf(badRatio: number, target: number): number {
  return badRatio / (1 - target);
}

/**
 * What is left of the budget: `1 − ratio ÷ (1 − target)`, which is 1 less the burn over the objective's whole window. 1 is all of
 * it; below 0 more was spent than there was.
 */
export function budgetLeftOf(burnOverWindow: number): number {
  return 1 - burnOverWindow;
}

/**
 * In how many days the budget is gone when it goes on burning like this: `left × windowDays ÷ burn`. 0 when it is gone; undefined
 * at a burn of 1 or less: old errors leave the window as fast as new ones come.
 */
export function daysUntilSpent(budgetLeft: number, burn: number, windowDays: number): number | undefined {
  if (budgetLeft <= 0) return 0;
  return burn <= 1 ? undefined : (budgetLeft * windowDays) / burn;
}
