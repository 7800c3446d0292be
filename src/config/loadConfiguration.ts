import { readFile, stat } from 'node:fs/promises';
import { builtInPolicy } from '../incident/builtInPolicy.ts';
import { messageOf } from '../incident/incidentError.ts';
import type { Configuration } from './configuration.ts';
import type { Diagnostic } from './diagnostic.ts';
import { isMissing, keepLastGood, readLastGood } from './lastGood.ts';
import type { ParsedConfiguration } from './parseConfiguration.ts';
import { parseConfiguration } from './parseConfiguration.ts';
import { noSignals } from './signalConfiguration.ts';

/** Which file, and what is known of its folder. */
export interface ConfigurationRequest {
  /** `…/.incidents/mayday.yaml`, absolute. */
  readonly file: string;
  /** A folder of the extension's own, where the last good text is kept. */
  readonly storage: string;
  /** IANA time zone of business days, unless the file names one. */
  readonly zone: string;
  /** The file is code of the repository's authors: in Restricted Mode it is not read. */
  readonly isTrusted: boolean;
}

/** What is in force, where it comes from, and why it is not the file. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly source: 'builtIn' | 'file' | 'lastGood';
  /** A sentence for people: why the file, as it is now, is not what applies. Undefined when it does, or when there is none. */
  readonly reason: string | undefined;
  /** Of the file as it is now. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A file far beyond the largest that is parsed is not even read. */
const largestBytes = 1024 * 1024;

/**
 * The configuration in force for a folder. Never throws because of the file: when it is broken, the last good text
 * applies, else the built-in protocol, and the result says so.
 */
export async function loadConfiguration(request: ConfigurationRequest): Promise<LoadedConfiguration> {
  if (!request.isTrusted) {
    return builtIn(
      request,
      'The workspace is not trusted, so its mayday.yaml is not read. The built-in protocol applies.',
    );
  }
  const text = await textOf(request.file);
  if (text.kind === 'missing') return builtIn(request, undefined);
  if (text.kind === 'unreadable') return fallback(request, text.reason, []);
  const parsed = parseConfiguration(text.text, request.zone);
  if (!parsed.configuration) return fallback(request, firstError(parsed), parsed.diagnostics);
  const { configuration, diagnostics } = parsed;
  return { configuration, source: 'file', reason: await keep(request, text.text, diagnostics), diagnostics };
}

type FileText = { kind: 'text'; text: string } | { kind: 'missing' } | { kind: 'unreadable'; reason: string };

async function textOf(file: string): Promise<FileText> {
  try {
    const about = await stat(file);
    if (!about.isFile()) return { kind: 'unreadable', reason: 'mayday.yaml is no file' };
    if (about.size > largestBytes) {
      return {
        kind: 'unreadable',
        reason: `mayday.yaml has ${Math.round(about.size / 1024)} KB, far more than is read`,
      };
    }
    return { kind: 'text', text: await readFile(file, 'utf8') };
  } catch (error) {
    return isMissing(error)
      ? { kind: 'missing' }
      : { kind: 'unreadable', reason: `mayday.yaml cannot be read (${messageOf(error)})` };
  }
}

function firstError({ diagnostics }: ParsedConfiguration): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  return `mayday.yaml has ${count}, the first in line ${errors[0]?.line ?? 1}`;
}

async function fallback(
  request: ConfigurationRequest,
  why: string,
  diagnostics: readonly Diagnostic[],
): Promise<LoadedConfiguration> {
  const lastGood = await lastGoodOf(request);
  if (lastGood.configuration) {
    const reason = `${why}. The last version without errors applies.`;
    return { configuration: lastGood.configuration, source: 'lastGood', reason, diagnostics };
  }
  const reason = `${why}. The built-in protocol applies${lastGood.problem ? `: ${lastGood.problem}` : ''}.`;
  return { ...builtIn(request, reason), diagnostics };
}

async function lastGoodOf(request: ConfigurationRequest): Promise<{ configuration?: Configuration; problem?: string }> {
  try {
    const text = await readLastGood(request.storage, request.file);
    const configuration = text === undefined ? undefined : parseConfiguration(text, request.zone).configuration;
    return configuration ? { configuration } : {};
  } catch (error) {
    return { problem: `its last good version cannot be read (${messageOf(error)})` };
  }
}

/** Why a later mistake in the file would fall back further than to this version; undefined when it would not. */
async function keep(
  { storage, file }: ConfigurationRequest,
  text: string,
  diagnostics: readonly Diagnostic[],
): Promise<string | undefined> {
  // A credential is written nowhere, not even into a copy of what holds it.
  if (diagnostics.some(({ message }) => message.startsWith('This looks like a credential'))) return undefined;
  try {
    await keepLastGood(storage, file, text);
    return undefined;
  } catch (error) {
    return `This version of mayday.yaml applies, but could not be kept for the case of a later mistake (${messageOf(error)}).`;
  }
}

function builtIn({ zone }: ConfigurationRequest, reason: string | undefined): LoadedConfiguration {
  return {
    configuration: {
      policy: builtInPolicy(zone),
      people: [],
      services: [],
      changes: { featureFlags: [], zoneFiles: [] },
      ...noSignals,
    },
    source: 'builtIn',
    reason,
    diagnostics: [],
  };
}
