import { submoduleFormat } from '../../changes/configuration/submoduleDifference.ts';
import type { Difference } from '../../changes/configuration/difference.ts';
import { differenceText } from '../../changes/configuration/difference.ts';
import { formatDuration } from '../../documents/timeText.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import { cameAfterImpact } from '../../investigate/configuration/afterImpact.ts';
import type { ConfigurationFinding } from '../../investigate/configuration/configurationChanges.ts';
import type { ListedComparison, ListedConfigurationFile } from '../../investigate/configuration/listedConfiguration.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { ConfigurationSummary, RepositorySummary } from './configurationSummary.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';

/** What stands on every row of a comparison. */
interface Place {
  readonly context: RowContext;
  readonly repository: RepositorySummary;
  readonly comparison: ListedComparison;
  readonly standing: 'deployed' | 'assumed deployed' | 'not deployed';
}

/** Check 2: what differs in meaning, the most telling first, apart what is not deployed, and what could not be seen. */
export function configurationRows(context: RowContext): readonly Row[] {
  const { configuration } = context;
  if (configuration === undefined) return [];
  const { repositories, findings, unseen } = configuration;
  const isOne = repositories.length === 1;
  return [
    ...findings.map((finding, index) => findingRow(context, configuration, finding, index)),
    ...repositories.flatMap((repository) => {
      const rows = repositoryRows(context, repository);
      return isOne || rows.length === 0 ? rows : [repositoryRow(context, repository, rows)];
    }),
    ...unseen.map((reason, index) => unseenRow(context, reason, index)),
  ];
}

/** Migrations of the change window, for who looks for what happened to the data: the same rows, in another place. */
export function migrationRows(context: RowContext): readonly Row[] {
  const rows = (context.configuration?.repositories ?? []).flatMap((repository) => {
    const { deployed, isAssumed } = repository;
    if (deployed === undefined) return [];
    const standing = isAssumed ? 'assumed deployed' : 'deployed';
    const files = deployed.files.filter(({ format }) => format !== undefined && /migration/i.test(format));
    return files.map((file) => fileRow({ context, repository, comparison: deployed, standing }, file));
  });
  return rows.map((row) => inAnotherPlace(row, rowId(context, 'symptom')));
}

function inAnotherPlace({ children, ...row }: Row, place: string): Row {
  return {
    ...row,
    id: `${place}/${row.id}`,
    ...(children === undefined ? {} : { children: children.map((child) => inAnotherPlace(child, place)) }),
  };
}

function unseenRow(context: RowContext, reason: string, index: number): Row {
  const label = plainLine(reason, 300);
  return {
    id: rowId(context, 'configuration', 'unseen', String(index)),
    label,
    tooltip: label,
    icon: { id: 'eye-closed' },
    aria: `Not seen: ${label}`,
  };
}

function repositoryRow(context: RowContext, { name }: RepositorySummary, children: readonly Row[]): Row {
  const label = plainLine(name, 80);
  return {
    id: rowId(context, 'configuration', name),
    label,
    icon: { id: 'repo' },
    aria: `Configuration of repository ${label}`,
    children,
    expanded: true,
  };
}

function repositoryRows(context: RowContext, repository: RepositorySummary): readonly Row[] {
  const { deployed, pending, isAssumed } = repository;
  const standing = isAssumed ? 'assumed deployed' : 'deployed';
  return [
    ...(deployed === undefined ? [] : deployedRows({ context, repository, comparison: deployed, standing })),
    ...(pending === undefined || pending.files.length === 0
      ? []
      : [pendingRow({ context, repository, comparison: pending, standing: 'not deployed' })]),
  ];
}

/** What came after impact began is shown apart: it cannot have caused it. */
function deployedRows(place: Place): readonly Row[] {
  const { context, repository, comparison } = place;
  const after = comparison.files.filter(cameAfterImpact);
  const before = comparison.files.filter((file) => !cameAfterImpact(file));
  return [
    ...fileRows({ ...place, comparison: { ...comparison, files: before } }),
    ...(after.length === 0
      ? []
      : [
          {
            id: rowId(context, 'configuration', repository.name, 'afterImpact'),
            label: 'After impact began',
            description: filesText(after.length),
            icon: { id: 'history' },
            aria: `After impact began, ${filesText(after.length)}`,
            children: after.map((file) => fileRow(place, file)),
          },
        ]),
  ];
}

function filesText(count: number): string {
  return `${String(count)} configuration file${count === 1 ? '' : 's'}`;
}

function pendingRow(place: Place): Row {
  const { context, repository, comparison } = place;
  return {
    id: rowId(context, 'configuration', repository.name, 'pending'),
    label: 'Not deployed yet',
    description: filesText(comparison.files.length),
    icon: { id: 'watch' },
    children: fileRows(place),
  };
}

function fileRows(place: Place): readonly Row[] {
  const { context, repository, comparison, standing } = place;
  const rows = comparison.files.map((file) => fileRow(place, file));
  if (comparison.leftOut === 0) return rows;
  return [
    ...rows,
    {
      id: rowId(context, 'configuration', repository.name, standing, 'leftOut'),
      label: `${comparison.leftOut.toLocaleString('en-US')} more files that may be configuration were not read`,
      icon: { id: 'ellipsis' },
    },
  ];
}

/** One difference stands for its file; several have a row for the file above them. */
function fileRow(place: Place, file: ListedConfigurationFile): Row {
  const [first, ...others] = file.differences;
  if (first !== undefined && others.length === 0 && file.more === 0) return differenceRow(place, file, first, 0);
  const { context, repository, standing } = place;
  const total = file.differences.length + file.more;
  const words = [`${total.toLocaleString('en-US')} differences`, ...aboutFile(place, file)];
  const label = plainLine(file.path, 200);
  return {
    id: rowId(context, 'configuration', repository.name, standing, file.path),
    label,
    description: words.join(' · '),
    tooltip: tooltipOf(place, file),
    icon: { id: 'settings' },
    aria: `Configuration file ${label}, ${words.join(', ')}`,
    ...actionsOf(place, file, undefined, `${label}: ${words[0] ?? ''}`),
    children: [
      ...file.differences.map((difference, index) => differenceRow(place, file, difference, index)),
      ...moreRow(place, file),
    ],
    expanded: total <= 5,
  };
}

function moreRow(place: Place, file: ListedConfigurationFile): readonly Row[] {
  if (file.more === 0) return [];
  const { command } = actionsOf(place, file, undefined, '');
  return [
    {
      id: rowId(place.context, 'configuration', place.repository.name, place.standing, file.path, 'more'),
      label: `${file.more.toLocaleString('en-US')} more differences`,
      icon: { id: 'ellipsis' },
      ...(command === undefined ? {} : { command }),
    },
  ];
}

const icons: Readonly<Record<Difference['kind'], string>> = {
  changed: 'diff-modified',
  added: 'diff-added',
  removed: 'diff-removed',
  told: 'diff',
};

function differenceRow(place: Place, file: ListedConfigurationFile, difference: Difference, index: number): Row {
  const label = plainLine(differenceText(difference), 300);
  const isAlone = file.differences.length === 1 && file.more === 0;
  const words = isAlone ? [plainLine(file.path, 120), ...aboutFile(place, file)] : [];
  const line = difference.line === undefined ? [] : [`line ${String(difference.line)}`];
  return {
    id: rowId(place.context, 'configuration', place.repository.name, place.standing, file.path, String(index)),
    label,
    ...(words.length === 0 ? {} : { description: words.join(' · ') }),
    tooltip: [label, tooltipOf(place, file)].join('\n'),
    icon: { id: icons[difference.kind] },
    aria: ['Configuration difference', label, ...(isAlone ? words : [plainLine(file.path, 120)]), ...line].join(', '),
    ...actionsOf(place, file, difference, label),
  };
}

/** Who changed it when, whether it runs, which service it is of, and why it is told in lines. */
function aboutFile(
  { context, standing }: Place,
  { commits, services, insteadBecause }: ListedConfigurationFile,
): string[] {
  const [newest] = commits;
  const age = (at: string) => `${formatDuration(Math.max(0, epochMsOf(context.now) - epochMsOf(at)))} ago`;
  return [
    ...(newest === undefined
      ? []
      : [
          `${commits.length === 1 ? '' : `${String(commits.length)} commits, newest `}${newest.id.slice(0, 8)} ${plainLine(newest.subject, 60)}`,
          age(newest.reachedAt),
          ...impactWords(commits),
        ]),
    standing,
    ...services.map((service) => plainLine(service, 40)),
    ...(insteadBecause === undefined ? [] : [`in lines: ${plainLine(insteadBecause, 120)}`]),
  ];
}

function impactWords(commits: ListedConfigurationFile['commits']): readonly string[] {
  if (cameAfterImpact({ commits })) return ['after impact start'];
  return commits.some(({ afterImpactStart }) => afterImpactStart) ? ['also after impact start'] : [];
}

function tooltipOf({ standing }: Place, file: ListedConfigurationFile): string {
  const format = file.format ?? 'not a format Mayday reads';
  const commits = file.commits.map(
    ({ id, subject, author }) => `${id.slice(0, 12)} ${plainLine(subject, 120)} (${plainLine(author, 80)})`,
  );
  return [`${plainLine(file.path, 300)} · ${format} · ${standing}`, ...commits].join('\n');
}

function actionsOf(
  { context, repository, comparison }: Place,
  file: ListedConfigurationFile,
  difference: Difference | undefined,
  text: string,
): Pick<Row, 'context' | 'args' | 'command'> {
  const { directory } = repository;
  const commit = file.commits[0]?.id;
  const args = {
    incident: context.id,
    path: file.path,
    to: comparison.to,
    status: file.status,
    text,
    ...(directory === '' ? {} : { repository: directory }),
    ...(comparison.from === undefined ? {} : { from: comparison.from }),
    ...(file.oldPath === undefined ? {} : { oldPath: file.oldPath }),
    ...(difference?.line === undefined ? {} : { line: difference.line }),
    ...(commit === undefined ? {} : { commit }),
  };
  const opens = directory !== '' && file.format !== submoduleFormat.name;
  return {
    args,
    context: contextOf('difference', { commit: commit !== undefined, here: opens }),
    ...(!opens ? {} : { command: { id: 'mayday.openFileChange', args } }),
  };
}

function findingRow(
  context: RowContext,
  { repositories }: ConfigurationSummary,
  finding: ConfigurationFinding,
  index: number,
): Row {
  const { text, path, line, isSuspicious, commit } = finding;
  const repository = repositories.find(({ name }) => name === finding.repository) ?? repositories[0];
  const to = repository?.deployed?.to ?? repository?.pending?.to;
  const directory = repository?.directory ?? '';
  const label = plainLine(text, 300);
  const where = path === undefined ? [] : [`${plainLine(path, 120)}${line === undefined ? '' : `:${String(line)}`}`];
  const words = [...(isSuspicious ? ['suspicious'] : []), ...where];
  const args = {
    ...{ incident: context.id, text: label },
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    ...(directory === '' ? {} : { repository: directory }),
    ...(to === undefined ? {} : { to }),
    ...(commit === undefined ? {} : { commit }),
  };
  const opens = path !== undefined && to !== undefined && directory !== '';
  return {
    id: rowId(context, 'configuration', 'finding', finding.source, String(index)),
    label,
    ...(words.length === 0 ? {} : { description: words.join(' · ') }),
    tooltip: [label, ...where].join('\n'),
    icon: isSuspicious ? { id: 'warning', color: 'problemsWarningIcon.foreground' } : { id: 'info' },
    aria: ['Configuration finding', label, ...words].join(', '),
    context: contextOf('difference', { commit: commit !== undefined, here: opens }),
    args,
    ...(opens ? { command: { id: 'mayday.openFileChange', args: { ...args, status: 'same' } } } : {}),
  };
}
