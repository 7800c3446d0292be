interface Place {
  /** Counted from 1, in the later version; for what was removed, in the earlier one. */
  readonly line?: number;
  /** Behind it in parentheses: `prod`, `major, direct`, `irreversible`. */
  readonly note?: string;
  /** True where the values are credentials whatever their name says, such as the data of a Kubernetes Secret. */
  readonly isSecret?: boolean;
}

/**
 * One difference in meaning between two versions of a configuration file. `subject` names it: `checkout.timeout`,
 * `image api`, `env STRIPE_URL`, `flag new-pricing`. Values are as the file has them; see `redactedDifference`.
 */
export type Difference =
  | (Place & { readonly kind: 'changed'; readonly subject: string; readonly before: string; readonly after: string })
  | (Place & { readonly kind: 'added'; readonly subject: string; readonly after: string })
  | (Place & { readonly kind: 'removed'; readonly subject: string; readonly before: string })
  /** What other words tell better: `A api.example.org 10.0.0.4 → 10.0.0.9, ttl 300 → 30`, `migration 042 drops column users.email`. */
  | (Place & { readonly kind: 'told'; readonly text: string });

/** One line for people: `checkout.timeout: 30s → 3s`, `env STRIPE_URL removed (was https://…)`, with its note behind it. */
export function differenceText(difference: Difference): string {
  const note = difference.note === undefined ? '' : ` (${difference.note})`;
  switch (difference.kind) {
    case 'changed':
      return `${difference.subject}: ${difference.before} → ${difference.after}${note}`;
    case 'added':
      return `${difference.subject} added${difference.after === '' ? '' : `: ${difference.after}`}${note}`;
    case 'removed':
      return `${difference.subject} removed${difference.before === '' ? '' : ` (was ${difference.before})`}${note}`;
    case 'told':
      return `${difference.text}${note}`;
  }
}
