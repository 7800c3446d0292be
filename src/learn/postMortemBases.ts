import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceRef } from '../incident/evidenceRef.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import { partsOf } from '../documents/generatedParts.ts';
import type { BaseOf } from '../documents/refreshDocument.ts';

/** Writing a post-mortem a hundred times over is no reason to read a hundred of them. */
const basesRead = 20;

/** Keeps what was generated, so that the next writing can tell people's words from it. On disk when it resolves. */
export async function keepBase(handle: IncidentHandle, text: string): Promise<EvidenceRef> {
  return handle.keepEvidence('post-mortem-generated.md', text);
}

/** What was generated for the latest writings of the post-mortem, by part and hash. */
export async function knownBases(handle: IncidentHandle): Promise<BaseOf> {
  const hashes = handle.state.entries.flatMap(({ event }) =>
    event.type === 'postMortem.written' ? [event.data.sha256] : [],
  );
  const bases = new Map<string, string>();
  for (const sha256 of [...new Set(hashes.reverse())].slice(0, basesRead)) {
    for (const part of partsOf(await readBase(handle, sha256))) {
      if (part.kind === 'generated') bases.set(`${part.name} ${part.hash}`, part.lines.join(''));
    }
  }
  return (part, hash) => bases.get(`${part} ${hash}`);
}

/** A base that is gone or damaged is none: then people's words are kept beside the fresh ones. */
async function readBase({ directory }: IncidentHandle, sha256: string): Promise<string> {
  const bytes = await readFile(join(directory, 'evidence', sha256)).catch(() => Buffer.alloc(0));
  return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes.toString('utf8') : '';
}
