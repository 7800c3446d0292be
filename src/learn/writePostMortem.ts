import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { incident } from '../incident/argShapes.ts';
import { defineUseCase, refuseCancelled } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import { incidentBrief } from '../incident/incidentBrief.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import { openIncident } from '../incident/openIncident.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase, UseContext } from '../incident/useCase.ts';
import type { RefreshedDocument } from '../documents/refreshDocument.ts';
import { refreshDocument } from '../documents/refreshDocument.ts';
import { renderPostMortem } from '../documents/renderPostMortem.ts';
import type { RenderedText } from '../documents/readTemplate.ts';
import { describeProblem } from '../documents/templateProblem.ts';
import { timelineDocument } from '../documents/timelineDocument.ts';
import { writeDocument } from '../documents/writeDocument.ts';
import { redact } from '../safety/redact.ts';
import { copyRecord } from './copyRecord.ts';
import { keepBase, knownBases } from './postMortemBases.ts';
import { redactedDocument } from './redactedDocument.ts';

const args = z.strictObject({ incident });

export type WritePostMortemArgs = z.output<typeof args>;

export interface WrittenPostMortem
  extends IncidentBrief, Pick<RefreshedDocument, 'kept' | 'conflicts' | 'notRefreshed'> {
  /** `post-mortem.md`; absolute. */
  readonly document: string;
  /** `timeline.md`; absolute. */
  readonly timeline: string;
  /** What is wrong with the team's template, so that the bundled one served. */
  readonly problem?: string;
  /** Evidence that the documents cite and the record no longer has. */
  readonly missingEvidence: readonly string[];
}

/** What post-mortems are made with. */
export interface PostMortemTools {
  /** The templates that come with Mayday; absolute. */
  readonly templatesDirectory: string;
  /** IANA name of the zone whose time stands beside UTC. */
  readonly zone: () => string;
}

/** Writes the documents of an incident, or writes them again: every word of people stays, what is generated is fresh. */
export function createWritePostMortem(tools: PostMortemTools): UseCase<WritePostMortemArgs, WrittenPostMortem> {
  return defineUseCase(args, async (wish, context, signal) => {
    const handle = await openIncident(context, wish.incident);
    const directory = await context.documents.directoryOf(handle);
    const document = join(directory, 'post-mortem.md');
    const fresh = await render(handle, context, tools);
    const present = await readPresent(document);
    const bases = present === undefined ? undefined : await knownBases(handle);
    refuseCancelled(signal);
    const refreshed = present === undefined ? asNew(fresh.text) : refreshDocument(present, fresh.text, bases ?? noBase);
    if (refreshed.text !== present) {
      const base = await keepBase(handle, fresh.text);
      await writeDocument(document, refreshed.text);
      const data = { document: `${basename(directory)}/post-mortem.md`, sha256: base.sha256 };
      await handle.record(() => [{ type: 'postMortem.written', data }]);
    }
    const missingEvidence = await copyRecord(handle, directory, signal);
    const everything = redact(timelineDocument(handle.state, tools.zone()));
    const timeline = await writeDocument(join(directory, 'timeline.md'), everything);
    const { kept, conflicts, notRefreshed } = refreshed;
    const problem = fresh.problem === undefined ? undefined : describeProblem(fresh.problem);
    return {
      ...incidentBrief(handle, context.host.clock.now()),
      ...{ document, timeline, kept, conflicts, notRefreshed, missingEvidence },
      ...definedFields({ problem }),
    };
  });
}

async function render(
  handle: IncidentHandle,
  { documents, host }: UseContext,
  { templatesDirectory, zone }: PostMortemTools,
): Promise<RenderedText> {
  const rendered = await renderPostMortem(withoutOwnTraces(handle.state), zone(), {
    templatesDirectory,
    teamDirectory: await documents.teamDirectoryOf(handle),
    trusted: host.isTrusted(),
  });
  return { ...rendered, text: redactedDocument(rendered.text) };
}

/** That the document was written must not be a reason to write it again. */
function withoutOwnTraces(state: IncidentState): IncidentState {
  return { ...state, entries: state.entries.filter(({ event }) => event.type !== 'postMortem.written') };
}

function asNew(text: string): RefreshedDocument {
  return { text, kept: [], conflicts: [], notRefreshed: [], appended: [] };
}

function noBase(): undefined {
  return undefined;
}

async function readPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const hint = 'Nothing was written, so that no words are lost.';
    throw new IncidentError('storage', `Could not read ${path}: ${messageOf(error)}`, { hint, cause: error });
  }
}
