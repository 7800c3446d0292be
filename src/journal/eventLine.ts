import { hash } from 'node:crypto';
import type { IncidentEvent } from '../incident/events.ts';

/** An event that is to be written: as it counts, and as JSON without its place in a log (`prev`). */
export interface EventBody {
  readonly event: IncidentEvent;
  readonly json: string;
}

/** SHA-256 as lower-case hex; text counts as UTF-8. */
export function sha256Of(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** The event as JSON with the keys `v id n at by type data`, in that order. Unknown events keep their original type. */
export function bodyJsonOf(event: IncidentEvent): string {
  const { v, id, n, at, by, data } = event;
  const type = event.type === 'unknown' ? event.originalType : event.type;
  return JSON.stringify({ v, id, n, at, by, type, data });
}

/** A line of a log without its line end: the body and, as its last key, the SHA-256 of the line before (null on the first). */
export function lineOf(bodyJson: string, prev: string | null): string {
  return `${bodyJson.slice(0, -1)},"prev":${prev === null ? 'null' : `"${prev}"`}}`;
}

/** The body of a line that was read, every key of it kept, to be written into another log. */
export function bodyJsonOfLine(line: string): string {
  const { prev: _place, ...body } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify(body);
}

/** Lines one after the other in one log: their bytes with line ends, and the SHA-256 of each. */
export function chain(bodies: readonly string[], prev: string | null): { bytes: Buffer; hashes: readonly string[] } {
  const hashes: string[] = [];
  let text = '';
  for (const body of bodies) {
    const line = lineOf(body, hashes.at(-1) ?? prev);
    hashes.push(sha256Of(line));
    text += `${line}\n`;
  }
  return { bytes: Buffer.from(text), hashes };
}
