import * as z from 'zod';
import { isIsoTime } from '../../incident/isoTime.ts';
import type { ListedChanges } from './listedChanges.ts';
import type { ListedCommit } from './listedCommit.ts';

const count = z.number().int().nonnegative();
const time = z.string().refine(isIsoTime);
const id = z.string().regex(/^[0-9a-f]{40,64}$/);
const marks = z.enum(['reverts', 'reverted', 'configuration', 'migration', 'dependencies', 'large', 'formatting']);

const single = {
  id,
  subject: z.string(),
  author: z.string(),
  committedAt: time,
  authoredAt: time.optional(),
  files: count,
  additions: count.optional(),
  deletions: count.optional(),
  afterImpactStart: z.boolean(),
  marks: z.array(marks).optional(),
  services: z.array(z.string()).optional(),
  notIn: z.array(z.string()).optional(),
  reverts: z.string().optional(),
  revertedBy: id.optional(),
  unseen: z.enum(['shallow', 'partial']).optional(),
  isCut: z.boolean().optional(),
};
const commit = z.object({ ...single, brought: z.array(z.object(single)).optional() });

const deploy = z.object({
  commit: id,
  at: time,
  name: z.string(),
  source: z.enum(['tag', 'github', 'kubernetes', 'merge']),
  service: z.string().optional(),
});

const repository = z.object({
  name: z.string(),
  ref: z.object({
    ref: z.string(),
    name: z.string(),
    kind: z.enum(['configured', 'remoteDefault', 'upstream', 'local']),
    hasRemote: z.boolean(),
    fetched: z.union([
      z.object({ kind: z.literal('known'), at: time, by: z.enum(['fetch', 'push', 'clone']) }),
      z.object({ kind: z.literal('unknown'), reason: z.string() }),
    ]),
  }),
  window: z.object({
    from: time,
    minutes: z.number(),
    origin: z.object({ kind: z.enum(['impactStart', 'detected']), at: time }),
    after: z.object({ commit: id, name: z.string() }).optional(),
  }),
  running: z.union([
    z.object({
      ...{ kind: z.literal('known'), from: z.string(), commit: id },
      services: z.array(z.object({ service: z.string(), from: z.string(), commit: id })).optional(),
    }),
    z.object({ kind: z.literal('unknown'), reason: z.string() }),
  ]),
  base: id.optional(),
  head: id.optional(),
  groups: z.array(z.object({ deploy: deploy.optional(), also: z.array(deploy).optional(), commits: z.array(commit) })),
  late: z.array(deploy).optional(),
  pending: z.array(commit),
  isShallow: z.boolean(),
  isPartial: z.boolean(),
  isCut: z.boolean(),
});

const evidence = z.object({ repositories: z.array(repository) });

/** What version 0.1 kept: the commits of one repository, newest first. */
const first = z.object({
  ref: repository.shape.ref,
  window: repository.shape.window,
  isShallow: z.boolean(),
  isCut: z.boolean(),
  commits: z.array(commit),
});

/** What evidence that `commitEvidence` made lists; undefined for anything else. */
export function parseCommitEvidence(json: string): ListedChanges | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Evidence of a later version, or damaged: there is nothing to list.
    return undefined;
  }
  const parsed = evidence.safeParse(value);
  // Fields that are absent stay absent: none of these schemas makes one.
  if (parsed.success) return parsed.data as ListedChanges;
  const old = first.safeParse(value);
  if (!old.success) return undefined;
  const { ref, window, isShallow, isCut, commits } = old.data;
  const running = { kind: 'unknown', reason: 'it was not asked for' } as const;
  const groups = commits.length === 0 ? [] : [{ commits: commits as readonly ListedCommit[] }];
  const seen = { name: '', ref, window, running, groups, pending: [], isShallow, isPartial: false, isCut };
  return { repositories: [seen as ListedChanges['repositories'][number]] };
}
