import * as z from 'zod';
import type { HostRecord } from '../../changes/hosts/hostRecord.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle, IncidentStore } from '../../incident/incidentStore.ts';
import { isIsoTime } from '../../incident/isoTime.ts';
import type { CheckContext } from '../automaticCheck.ts';
import { lastAutomatic } from '../lastAutomatic.ts';

/** The name under which check 2 keeps what hosts resolved to. */
export const hostEvidenceName = 'host-answers.json';

/** So many incidents back earlier answers are looked for. */
const mostIncidents = 10;

/** The answers so far as JSON, by host: nothing in it depends on when it was looked at. */
export function hostEvidence(records: readonly HostRecord[]): string {
  return `${JSON.stringify({ hosts: records }, undefined, 2)}\n`;
}

/** What `hostEvidence` made; empty for anything else. */
export function parseHostEvidence(json: string): readonly HostRecord[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Evidence of a later version, or damaged: there is nothing to compare with.
    return [];
  }
  const parsed = evidence.safeParse(value);
  // Zod reads an absent field as absent, and only its type says that it may be undefined.
  return parsed.success ? (parsed.data.hosts as readonly HostRecord[]) : [];
}

/** The answers that the last check of an incident kept; empty when it kept none. */
export async function recordedAnswers({
  state,
  readEvidence,
}: Pick<CheckContext, 'state' | 'readEvidence'>): Promise<readonly HostRecord[]> {
  const refs = lastAutomatic(state, 'configuration')?.evidence?.filter(({ name }) => name === hostEvidenceName) ?? [];
  if (readEvidence === undefined) return [];
  const records = await Promise.all(
    refs.map(async (ref) => {
      try {
        return parseHostEvidence(Buffer.from(await readEvidence(ref)).toString('utf8'));
      } catch (error) {
        if (isIncidentError(error)) return [];
        throw error;
      }
    }),
  );
  return records.flat();
}

/** One record per host: the one with the newest answer, the first of equals. */
export function newestByHost(records: readonly HostRecord[]): readonly HostRecord[] {
  const newest = new Map<string, HostRecord>();
  for (const record of records) {
    const other = newest.get(record.host);
    if (other === undefined || newestAt(record) > newestAt(other)) newest.set(record.host, record);
  }
  return [...newest.values()];
}

function newestAt({ answers }: HostRecord): string {
  return answers[0]?.firstSeenAt ?? '';
}

/** The same of earlier incidents for each of `hosts`, from the latest that kept any; those of confidential ones stay there. */
export async function earlierAnswers(
  store: Pick<IncidentStore, 'list' | 'open'>,
  declaredBefore: string,
  hosts: readonly string[],
): Promise<readonly HostRecord[]> {
  const earlier = store
    .list()
    .filter(({ declaredAt, confidential }) => declaredAt < declaredBefore && !confidential)
    .sort((a, b) => (a.declaredAt < b.declaredAt ? 1 : -1));
  const found = new Map<string, HostRecord>();
  for (const { id } of earlier.slice(0, mostIncidents)) {
    if (hosts.every((host) => found.has(host))) break;
    const handle: IncidentHandle = await store.open(id);
    const records = await recordedAnswers({ state: handle.state, readEvidence: (ref) => handle.readEvidence(ref) });
    for (const record of newestByHost(records)) {
      if (hosts.includes(record.host) && !found.has(record.host)) found.set(record.host, record);
    }
  }
  return [...found.values()];
}

const evidence = z.object({
  hosts: z.array(
    z.object({
      host: z.string(),
      answers: z.array(
        z.object({
          firstSeenAt: z.string().refine(isIsoTime),
          addresses: z.array(z.string()),
          alias: z.string().optional(),
        }),
      ),
      isRotating: z.boolean().optional(),
    }),
  ),
});
