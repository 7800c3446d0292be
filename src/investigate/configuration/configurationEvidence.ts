import { basename } from 'node:path';
import * as z from 'zod';
import { isIsoTime } from '../../incident/isoTime.ts';
import { redact } from '../../safety/redact.ts';
import type { ConfigurationFinding } from './configurationChanges.ts';
import type { ConfigurationComparison, ConfigurationFile, ConfigurationSight } from './configurationSight.ts';
import { byTelling } from './tellingDifferences.ts';
import type {
  ListedComparison,
  ListedConfiguration,
  ListedConfigurationFile,
  ListedConfigurationRepository,
} from './listedConfiguration.ts';

/** The name under which check 2 keeps what it saw. */
export const configurationEvidenceName = 'configuration-changes.json';

/** What check 2 saw. Nothing in it depends on when it was looked at. */
export function listedConfiguration(
  sights: readonly ConfigurationSight[],
  findings: readonly ConfigurationFinding[],
  unseen: readonly string[] = [],
): ListedConfiguration {
  return {
    repositories: sights.flatMap((sight) => (sight.kind === 'seen' ? [repositoryOf(sight)] : [])),
    findings,
    unseen: [...sights.flatMap((sight) => (sight.kind === 'none' ? [sight.reason] : [])), ...unseen],
  };
}

/** What check 2 saw as JSON, credentials redacted: the same sight is the same evidence. */
export function configurationEvidence({ repositories, findings, unseen }: ListedConfiguration): string {
  const seen = { repositories: repositories.map(cleanRepository), findings: clean(findings), unseen: clean(unseen) };
  return `${JSON.stringify(seen, null, 1)}\n`;
}

function cleanRepository({ name, isAssumed, deployed, pending }: ListedConfigurationRepository): object {
  return {
    name: redact(name),
    isAssumed,
    deployed: deployed && cleanComparison(deployed),
    pending: pending && cleanComparison(pending),
  };
}

/** Differences were redacted with the names of their values, commits when they were listed; the names of files are left. */
function cleanComparison({ files, ...counts }: ListedComparison): object {
  return {
    ...counts,
    files: files.map(({ path, oldPath, ...file }) => ({
      path: redact(path),
      ...(oldPath === undefined ? {} : { oldPath: redact(oldPath) }),
      ...file,
    })),
  };
}

/** Text by text: what a credential's pattern takes for its end must not be the JSON's own quotes. */
function clean<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_name, part: unknown) => (typeof part === 'string' ? redact(part) : part)),
  ) as T;
}

/** What evidence that `configurationEvidence` made lists; undefined for anything else. */
export function parseConfigurationEvidence(json: string): ListedConfiguration | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Evidence of a later version, or damaged: there is nothing to list.
    return undefined;
  }
  const parsed = evidence.safeParse(value);
  // Zod reads an absent field as absent, and only its type says that it may be undefined.
  return parsed.success ? (parsed.data as ListedConfiguration) : undefined;
}

function repositoryOf({
  repository,
  running,
  deployed,
  pending,
}: Extract<ConfigurationSight, { kind: 'seen' }>): ListedConfigurationRepository {
  return {
    name: basename(repository),
    isAssumed: running.kind === 'unknown',
    ...(deployed === undefined ? {} : { deployed: comparisonOf(deployed) }),
    ...(pending === undefined ? {} : { pending: comparisonOf(pending) }),
  };
}

function comparisonOf({ from, to, files, silent, others, leftOut }: ConfigurationComparison): ListedComparison {
  return { ...(from === undefined ? {} : { from }), to, silent, others, leftOut, files: byTelling(files).map(fileOf) };
}

function fileOf({ format, ...file }: ConfigurationFile): ListedConfigurationFile {
  return { ...file, ...(format === undefined ? {} : { format: format.name }) };
}

const count = z.number().int().nonnegative();
const line = z.number().int().positive();
const commitId = z.string().regex(/^[0-9a-f]{40,64}$/);
const place = { line: line.optional(), note: z.string().optional(), isSecret: z.boolean().optional() };
const named = { subject: z.string(), ...place };
const difference = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), ...named, before: z.string(), after: z.string() }),
  z.object({ kind: z.literal('added'), ...named, after: z.string() }),
  z.object({ kind: z.literal('removed'), ...named, before: z.string() }),
  z.object({ kind: z.literal('told'), ...place, text: z.string() }),
]);
const commit = z.object({
  id: commitId,
  subject: z.string(),
  author: z.string(),
  reachedAt: z.string().refine(isIsoTime),
  afterImpactStart: z.boolean(),
});
const file = z.object({
  path: z.string(),
  oldPath: z.string().optional(),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'typeChanged']),
  format: z.string().optional(),
  insteadBecause: z.string().optional(),
  differences: z.array(difference),
  more: count,
  commits: z.array(commit),
  services: z.array(z.string()),
});
const comparison = z.object({
  from: commitId.optional(),
  to: commitId,
  files: z.array(file),
  silent: count,
  others: count,
  leftOut: count,
});
const finding = z.object({
  text: z.string(),
  source: z.enum(['environment', 'host']),
  isSuspicious: z.boolean(),
  repository: z.string().optional(),
  path: z.string().optional(),
  line: line.optional(),
  commit: commitId.optional(),
});
const evidence = z.object({
  repositories: z.array(
    z.object({
      name: z.string(),
      isAssumed: z.boolean(),
      deployed: comparison.optional(),
      pending: comparison.optional(),
    }),
  ),
  findings: z.array(finding),
  unseen: z.array(z.string()),
});
