import { traceLimit } from '../../changes/stackTrace/traceLines.ts';
import { commitLabel } from '../deployments/commitLabel.ts';
import type { TracedError, TracedFrame } from './tracedCode.ts';
import { isInWindow, placeText } from './tracedCode.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

const mostNamed = 3;
const impactTexts = { last: 'last changed after impact began', all: 'changed after impact began' } as const;

/** The frame that a person wants to see: the innermost one of the repository, of what was reported before its causes. */
export function firstPlaced(errors: readonly TracedError[]): TracedFrame | undefined {
  return errors.flatMap(({ frames }) => frames).find(({ place }) => place.kind === 'repository');
}

/** `TypeError: x is undefined at place (src/cart.js:12). Changed in the window: src/cart.js:12 by 3f2a9c1b Bump cart` */
export function traceFindingText(errors: readonly TracedError[]): string {
  const [error] = errors;
  const first = firstPlaced(errors);
  const name = [error?.type, error?.message].filter((part) => part !== undefined && part !== '').join(': ');
  const place = first === undefined ? undefined : placeText(first);
  const where = place === undefined ? '' : ` at ${first?.function ?? 'the top level'} (${place})`;
  return `${redactedLine(`${name === '' ? 'Stack trace' : name}${where}`, 600)}. ${changedText(errors)}`;
}

function changedText(errors: readonly TracedError[]): string {
  const frames = errors.flatMap((error) => error.frames);
  const placed = frames.filter(({ place }) => place.kind === 'repository');
  if (placed.length === 0) return 'No frame of it is in the repository';
  const changed = new Map(placed.filter(isInWindow).map((frame) => [placeText(frame) ?? '', frame]));
  if (changed.size === 0) {
    const isKnown = placed.every(({ standing }) => standing?.kind === 'known' || standing?.kind === 'older');
    return isKnown
      ? 'None of its lines was changed in the change window'
      : 'Whether all of its lines are older than the change window is unknown';
  }
  const named = [...changed].slice(0, mostNamed).map(([place, { standing }]) => {
    if (standing?.kind !== 'known') return redactedLine(place, 200);
    const when = standing.afterImpact === undefined ? '' : ` (${impactTexts[standing.afterImpact]})`;
    return `${redactedLine(place, 200)} by ${commitLabel(standing)}${when}`;
  });
  const more = changed.size > mostNamed ? ` and ${changed.size - mostNamed} more` : '';
  return `Changed in the change window: ${named.join('; ')}${more}`;
}

/** What is kept of a text: what was looked through. */
export function traceLimitText(text: string): string {
  return text.slice(0, traceLimit);
}
