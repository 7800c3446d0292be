import type { PlacedRepository } from '../../investigate/window/placeRepositories.ts';
import { isStale, lastSeen } from '../../investigate/window/sightDoubts.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { Row } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';
import type { RunningSight } from './runningRows.ts';
import { runningRows } from './runningRows.ts';

/** What was looked at, how fresh that is, what runs, and what could not be seen. */
export function sightRows(
  context: RowContext,
  repository: PlacedRepository,
  prefix: readonly string[],
): readonly Row[] {
  const limits = limitsOf(repository);
  return [
    branchRow(context, repository, prefix),
    ...runningRows(context, runningSight(context, repository), prefix),
    ...limits.map((limit, index): Row => ({
      id: rowId(context, ...prefix, 'limit', String(index)),
      label: limit.label,
      description: limit.description,
      icon: { id: 'eye-closed' },
    })),
  ];
}

/** *Fetch* is this row's click wherever there is something to fetch from. */
function branchRow(context: RowContext, { ref, directory }: PlacedRepository, prefix: readonly string[]): Row {
  const stale = isStale(ref, context.now);
  const name = plainLine(ref.name, 120);
  const args = { incident: context.id, repository: directory, ref: ref.ref };
  const seen =
    ref.kind === 'local'
      ? `${ref.hasRemote ? 'never fetched' : 'no remote'}: only this clone can be seen`
      : ref.fetched.kind === 'known'
        ? lastSeen(ref.fetched, context.now)
        : `last fetch unknown: ${ref.fetched.reason}`;
  const words = [seen, ...(stale ? ['newer commits may be missing'] : []), ...(ref.hasRemote ? ['Fetch…'] : [])];
  return {
    id: rowId(context, ...prefix, 'branch'),
    label: name,
    description: words.join(' · '),
    icon: stale ? { id: 'warning', color: 'problemsWarningIcon.foreground' } : { id: 'git-branch' },
    aria: `Branch ${name}, ${words.join(', ')}`,
    ...(ref.hasRemote ? { context: 'branch', args, command: { id: 'mayday.fetchBranch', args } } : {}),
  };
}

/**
 * Per service where that was told in this window, else what the record knows of the repository. What reading the changes made
 * of the only one counts: a commit that is not in this clone may run, and tells nothing.
 */
function runningSight({ deployed = [] }: RowContext, { running, ref, directory }: PlacedRepository): RunningSight {
  const told = deployed.find(({ folder }) => folder === directory || folder.startsWith(`${directory}/`));
  const services = told?.services ?? [];
  const [first] = services;
  if (services.length > 1) return { services, branch: ref.name, missed: told?.missed ?? [] };
  if (running.kind === 'known' && running.services !== undefined) {
    const each = running.services.map(({ service, from, commit }) => ({
      service,
      running: { kind: 'known' as const, from, commit },
    }));
    return { services: each, branch: ref.name, missed: [] };
  }
  const isSame = first?.running.kind === 'known' && running.kind === 'known' && first.running.commit === running.commit;
  const shown = { service: first?.service, running: isSame ? first.running : running };
  return { services: [shown], branch: ref.name, missed: told?.missed ?? [] };
}

function limitsOf({
  isShallow,
  isPartial,
  isCut,
}: PlacedRepository): readonly { readonly label: string; readonly description: string }[] {
  return [
    ...(isShallow ? [{ label: 'Older commits cannot be seen', description: 'this is a shallow clone' }] : []),
    ...(isPartial
      ? [
          {
            label: 'Lines and renames cannot be seen',
            description: 'this is a partial clone: file contents are not in it',
          },
        ]
      : []),
    ...(isCut
      ? [{ label: 'Not everything was read', description: 'the window holds more: a shorter one lists all' }]
      : []),
  ];
}
