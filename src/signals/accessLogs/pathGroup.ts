const mostSegments = 8;
const longestSegment = 60;

/** Numbers, dates and versions of them; UUIDs; hexadecimal numbers; long words with digits in them; addresses of people. */
const identifiers = [
  /^\d[\d.,_-]*$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^(?=.*\d)[0-9a-f]{8,}$/i,
  /^(?=(?:.*\d){2})[\w-]{20,}$/,
  /@|%40/,
];

/**
 * The path of a request as one of few: without query and fragment, what names a single thing as `:id`, `/orders/:id`. Routes
 * (`/orders/{id}`) stay as they are. At most eight parts.
 */
export function pathGroup(target: string): string {
  const path = withoutOrigin(target.slice(0, 2000)).replace(/[?#;].*$/s, '');
  const parts = path.split('/').filter((part) => part !== '');
  const shown = parts.slice(0, mostSegments).map((part) => (isIdentifier(part) ? ':id' : part));
  return `/${[...shown, ...(parts.length > mostSegments ? ['…'] : [])].join('/')}`;
}

/** True for paths that monitoring asks for: their share grows when others ask less, and while somebody investigates. */
export function isProbePath(path: string): boolean {
  return /^\/(?:-\/)?(?:metrics|health|healthz|livez|readyz|healthy|ready|live|ping)(?:\/|$)/.test(path);
}

function isIdentifier(part: string): boolean {
  return part.length > longestSegment || identifiers.some((pattern) => pattern.test(part));
}

function withoutOrigin(target: string): string {
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
}
