import { formatTime } from '../../documents/timeText.ts';
import type { Deploy } from '../../changes/history/windowChanges.ts';
import type { ListedGroup } from '../../investigate/deployments/listedChanges.ts';
import type { ListedCommit } from '../../investigate/deployments/listedCommit.ts';
import type { PlacedRepository } from '../../investigate/window/placeRepositories.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { CommitPlace } from './commitRows.ts';
import { ageOf, commitRows, counted } from './commitRows.ts';
import type { Row } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';
import { sightRows } from './sightRows.ts';

/** What check 1 listed: by repository where there are several, and in it by deploy, newest first. */
export function changeRows(context: RowContext): readonly Row[] {
  const repositories = context.changes?.repositories ?? [];
  if (repositories.length < 2) return repositories.flatMap((repository) => repositoryRows(context, repository, []));
  return repositories.map((repository, index) => {
    const prefix = ['repository', String(index)];
    const count = repository.groups.reduce((sum, { commits }) => sum + commits.length, 0);
    return {
      id: rowId(context, ...prefix),
      label: plainLine(repository.name, 80),
      description: [plainLine(repository.ref.name, 80), counted(count, 'commit')].join(' · '),
      icon: { id: 'repo' },
      expanded: count > 0,
      children: repositoryRows(context, repository, prefix),
    };
  });
}

function repositoryRows(context: RowContext, repository: PlacedRepository, prefix: readonly string[]): readonly Row[] {
  const place = { repository, prefix, isRunning: true };
  const before = repository.groups.map((group) => ({ ...group, commits: group.commits.filter(isBeforeImpact) }));
  const groups = before.filter(({ commits }) => commits.length > 0);
  const after = repository.groups.flatMap(({ commits }) => commits.filter((commit) => !isBeforeImpact(commit)));
  const isPlain = groups.every(({ deploy }) => deploy === undefined);
  return [
    ...sightRows(context, repository, prefix),
    ...(repository.late ?? []).map((deploy) => lateRow(context, deploy, prefix)),
    ...(repository.groups.length === 0 ? [noCommitsRow(context, prefix)] : []),
    ...(isPlain
      ? groups.flatMap(({ commits }) => commitRows(context, commits, place))
      : groups.map((group, index) => groupRow(context, group, place, index === 0))),
    ...apartRow(context, 'afterImpact', after, place, groups.length === 0),
    ...apartRow(context, 'pending', repository.pending, { ...place, isRunning: false }, false),
  ];
}

function isBeforeImpact({ afterImpactStart }: ListedCommit): boolean {
  return !afterImpactStart;
}

function noCommitsRow(context: RowContext, prefix: readonly string[]): Row {
  return {
    id: rowId(context, ...prefix, 'noCommits'),
    label: 'No commits in this window',
    description: 'widen it to 24 hours or 7 days',
    icon: { id: 'calendar' },
    command: { id: 'mayday.setChangeWindow', args: { incident: context.id } },
  };
}

/** A deploy that put out nothing of the window: a click begins the window before it. */
function lateRow(context: RowContext, deploy: Deploy, prefix: readonly string[]): Row {
  const words = [
    `${sourceNames[deploy.source]} ${ageOf(deploy.at, context.now)} ago`,
    'commits from before this window',
  ];
  const key = [deploy.source, deploy.commit, ...(deploy.service === undefined ? [] : [deploy.service])];
  return {
    id: rowId(context, ...prefix, 'late', key.join('-')),
    label: nameOf(deploy),
    description: [...words, 'Since the last deploy…'].join(' · '),
    icon: { id: 'rocket' },
    tooltip: `${nameOf(deploy)}, ${formatTime(deploy.at, context.zone)}\nIts commits reached the branch before this window.`,
    aria: `Deploy ${nameOf(deploy)}, ${words.join(', ')}`,
    command: { id: 'mayday.setChangeWindow', args: { incident: context.id, since: 'lastDeploy' } },
  };
}

/** What one deploy put out; those that came after the newest known deploy have none. */
function groupRow(
  context: RowContext,
  { deploy, also = [], commits }: ListedGroup,
  place: CommitPlace,
  isNewest: boolean,
): Row {
  // The running revision tells that they went out; who deployed it is another question.
  const isRunning = place.repository.running.kind === 'known';
  const name = deploy === undefined ? (isRunning ? 'Deployed' : 'Assumed deployed') : nameOf(deploy);
  const words = [
    ...(deploy === undefined
      ? ['when and by which deploy, no source tells']
      : [`${sourceNames[deploy.source]} ${ageOf(deploy.at, context.now)} ago`]),
    counted(commits.length, 'commit'),
    ...(also.length === 0 ? [] : [`also ${also.slice(0, 3).map(nameOf).join(', ')}${also.length > 3 ? ', …' : ''}`]),
  ];
  return {
    id: rowId(context, ...place.prefix, 'deploy', deploy === undefined ? 'none' : `${deploy.source}-${deploy.commit}`),
    label: name,
    description: words.join(' · '),
    icon: { id: deploy === undefined ? 'question' : 'rocket' },
    tooltip: [
      name,
      ...[...(deploy === undefined ? [] : [deploy]), ...also].map(
        (each) => `${nameOf(each)}, ${formatTime(each.at, context.zone)}`,
      ),
    ].join('\n'),
    aria: `${deploy === undefined ? name : `Deploy ${name}`}, ${words.join(', ')}`,
    ...rangeOf(context, name, commits, place),
    expanded: isNewest,
    children: commitRows(context, commits, place),
  };
}

const sourceNames: Readonly<Record<Deploy['source'], string>> = {
  tag: 'tagged',
  github: 'deployed',
  kubernetes: 'rolled out',
  merge: 'merged',
};

function nameOf({ name, service }: Deploy): string {
  return [...(service === undefined ? [] : [plainLine(service, 40)]), plainLine(name, 80)].join(' ');
}

const apart = {
  afterImpact: { label: 'After impact began', why: 'too late to be its cause, not to make it worse', icon: 'history' },
  pending: { label: 'Not deployed', why: 'on the branch, not running: not accused', icon: 'git-pull-request-draft' },
} as const;

function apartRow(
  context: RowContext,
  kind: keyof typeof apart,
  commits: readonly ListedCommit[],
  place: CommitPlace,
  expanded: boolean,
): readonly Row[] {
  if (commits.length === 0) return [];
  const { label, why, icon } = apart[kind];
  const words = [counted(commits.length, 'commit'), why];
  return [
    {
      id: rowId(context, ...place.prefix, kind),
      label,
      description: words.join(' · '),
      icon: { id: icon },
      aria: `${label}, ${words.join(', ')}`,
      ...rangeOf(context, label, commits, place),
      expanded,
      children: commitRows(context, commits, place),
    },
  ];
}

/** What opening all of these commits at once is about: from before the oldest to the newest. */
function rangeOf(
  context: RowContext,
  title: string,
  commits: readonly ListedCommit[],
  { repository }: CommitPlace,
): Pick<Row, 'args' | 'context'> {
  const [newest] = commits;
  const oldest = commits.at(-1);
  if (newest === undefined || oldest === undefined) return {};
  const args = { incident: context.id, repository: repository.directory, title, from: `${oldest.id}^`, to: newest.id };
  return { context: 'changeGroup', args };
}
