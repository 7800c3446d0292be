import * as z from 'zod';
import type { Configuration } from '../../config/configuration.ts';
import type { ConfirmedAddresses } from '../../config/confirmedAddresses.ts';
import { signalAddressesOf } from '../../config/signalAddresses.ts';
import { defineUseCase } from '../../incident/defineUseCase.ts';
import { IncidentError, isIncidentError } from '../../incident/incidentError.ts';
import type { UseCase } from '../../incident/useCase.ts';
import { mapLimited } from '../../journal/mapLimited.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { SourceTarget, SourceToTry } from './sourceToTry.ts';
import { sourcesToTry } from './sourceToTry.ts';
import { triedSourcesDocument } from './triedSourcesDocument.ts';

const args = z.strictObject({
  /** A workspace folder; all when absent. */
  folder: z.string().min(1).optional(),
});

export type TestDataSourcesArgs = z.output<typeof args>;

/** What an attempt saw. */
export interface Trial {
  /** `absent`: nobody named it, and it is not there. */
  readonly outcome: 'answered' | 'failed' | 'absent';
  /** A phrase that goes on from the source: `answers 200`. A stranger's text may be in it. */
  readonly text: string;
  readonly hint?: string;
}

/** Tries a source once. Throws IncidentError for what fails on the way: HttpError, `needsConfirmation`, `notFound`, `cancelled`. */
export interface TriesSources {
  attempt(target: SourceTarget, signal: AbortSignal): Promise<Trial>;
}

/** A source of mayday.yaml, and whether it answered. */
export interface TriedSource extends Pick<SourceToTry, 'id' | 'subject' | 'name' | 'source'>, Trial {
  readonly folder: string;
  /** Until it answered or failed, in milliseconds. */
  readonly ms: number;
}

export interface TriedSources {
  readonly sources: readonly TriedSource[];
  readonly answered: number;
  readonly failed: number;
  /** All of it as Markdown. */
  readonly document: string;
}

export interface TestDataSourcesTools {
  folders(): readonly string[];
  configurationOf(folder: string): Promise<Configuration>;
  readonly addresses: Pick<ConfirmedAddresses, 'requireDecided'>;
  readonly tries: TriesSources;
  /** Milliseconds on any clock that only goes forward. */
  readonly elapsed: () => number;
}

/** At most so many are under way: a laptop's network, and the servers, have other things to do. */
const atOnce = 12;
/** For each source. */
const limitMs = 10_000;

/**
 * Tries every source of mayday.yaml at once. What fails is told in the result; throws IncidentError `needsConfirmation` for
 * addresses that nobody decided about, `untrusted`, `cancelled`.
 */
export function createTestDataSources(tools: TestDataSourcesTools): UseCase<TestDataSourcesArgs, TriedSources> {
  return defineUseCase(args, async ({ folder }, { host }, signal) => {
    const folders = tools.folders().filter((one) => folder === undefined || one === folder);
    if (folders.length === 0) {
      throw new IncidentError('notFound', 'No such workspace folder is open.', { hint: 'Open it first.' });
    }
    const configured = await Promise.all(
      folders.map(async (one) => ({ folder: one, configuration: await tools.configurationOf(one) })),
    );
    tools.addresses.requireDecided(configured.flatMap(({ configuration }) => signalAddressesOf(configuration)));
    const wanted = configured.flatMap((one) =>
      sourcesToTry(one.configuration, one.folder).map((source) => ({ folder: one.folder, source })),
    );
    const sources = await mapLimited(wanted, atOnce, (one) => tried(one.source, one.folder, tools, signal));
    return {
      sources,
      answered: sources.filter(({ outcome }) => outcome === 'answered').length,
      failed: sources.filter(({ outcome }) => outcome === 'failed').length,
      document: triedSourcesDocument(sources, host.clock.now()),
    };
  });
}

async function tried(
  { target, ...source }: SourceToTry,
  folder: string,
  { tries, elapsed }: TestDataSourcesTools,
  signal: AbortSignal,
): Promise<TriedSource> {
  const from = elapsed();
  const trial = await attempted(target, tries, signal);
  const { text, hint, outcome } = trial;
  return {
    ...source,
    folder,
    outcome,
    text: redactedLine(text, 300),
    ...(hint === undefined ? {} : { hint: redactedLine(hint, 300) }),
    ms: Math.round(elapsed() - from),
  };
}

async function attempted(target: SourceTarget, tries: TriesSources, signal: AbortSignal): Promise<Trial> {
  const tooLong = AbortSignal.timeout(limitMs);
  try {
    return await tries.attempt(target, AbortSignal.any([signal, tooLong]));
  } catch (error) {
    if (signal.aborted)
      throw new IncidentError('cancelled', 'Testing the data sources was cancelled.', { cause: error });
    if (tooLong.aborted) return { outcome: 'failed', text: `did not answer within ${String(limitMs / 1000)} s` };
    if (!isIncidentError(error)) throw error;
    const { message, hint } = error;
    return { outcome: 'failed', text: message.replace(/\.$/, ''), ...(hint === undefined ? {} : { hint }) };
  }
}
