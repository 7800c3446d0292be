import * as vscode from 'vscode';
import type { FetchPlan } from '../../changes/history/fetchesBranch.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import { isStale, lastSeen } from '../../investigate/window/sightDoubts.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { App, WindowWish } from '../app.ts';
import { withProgressText } from '../platform/progress.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { runInvestigation } from './investigationGestures.ts';
import { pickIncident } from './pickers.ts';

const lengths = [
  { minutes: 60, label: () => vscode.l10n.t('1 hour before impact start') },
  { minutes: 240, label: () => vscode.l10n.t('4 hours before impact start') },
  { minutes: 1440, label: () => vscode.l10n.t('24 hours before impact start') },
  { minutes: 10_080, label: () => vscode.l10n.t('7 days before impact start') },
];

/** Chooses where the window begins, and looks again. A key bound with `minutes` or `since` needs no prompt. */
export const setChangeWindowGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Set Change Window');
  const handle = await pickIncident(app, known, title, () => true);
  if (handle === undefined) return undefined;
  const standard = handle.state.policy.changeWindowMinutes;
  const wish =
    knownWish(known) ??
    valueOf(
      await askChoice<WindowWish | 'commit'>({
        title,
        placeholder: vscode.l10n.t('Commits since when? Without a known impact start, it counts from detection.'),
        choices: [
          ...lengths.map(({ minutes, label }) => ({
            label: label(),
            ...(minutes === standard ? { description: vscode.l10n.t('the policy’s') } : {}),
            value: { windowMinutes: minutes },
          })),
          {
            label: vscode.l10n.t('Since the last deploy'),
            description: vscode.l10n.t('what it put out, and what came after'),
            value: { since: 'lastDeploy' },
          },
          {
            label: vscode.l10n.t('Last good to running'),
            description: vscode.l10n.t('after what ran before the deploy that ran when impact began'),
            value: { since: 'lastGood' },
          },
          {
            label: vscode.l10n.t('Since a commit…'),
            description: vscode.l10n.t('one of those listed'),
            value: 'commit',
          },
        ],
      }),
    );
  const chosen = wish === 'commit' ? await askSince(app, title, handle.id) : wish;
  if (chosen === undefined) return undefined;
  return runInvestigation(app, { incident: handle.id, ...chosen });
};

function knownWish(known: Known): WindowWish | undefined {
  const { minutes } = known;
  if (typeof minutes === 'number') return { windowMinutes: minutes };
  const since = knownText(known, 'since') ?? knownText(known, 'commit');
  return since === undefined ? undefined : { since };
}

async function askSince(
  app: App,
  title: string,
  incident: Parameters<App['commitsOf']>[0],
): Promise<WindowWish | undefined> {
  const commits = app.commitsOf(incident) ?? [];
  if (commits.length === 0) {
    throw new IncidentError('notFound', vscode.l10n.t('No commits are listed yet.'), {
      hint: vscode.l10n.t('Choose a longer window first, then one of its commits.'),
    });
  }
  const id = valueOf(
    await askChoice<string>({
      title,
      placeholder: vscode.l10n.t('The window begins after which commit?'),
      choices: commits.slice(0, 1000).map((commit) => ({
        label: plainLine(commit.subject, 120),
        description: `${commit.id.slice(0, 8)} ${plainLine(commit.author, 60)}`,
        value: commit.id,
      })),
    }),
  );
  return id === undefined ? undefined : { since: id };
}

/** Opens what a deploy put out, or another group of commits, in one multi-diff editor. */
export const openChangeGroupGesture: Gesture = async (app, known) => {
  const repository = knownText(known, 'repository');
  const from = knownText(known, 'from');
  const to = knownText(known, 'to');
  if (repository === undefined || to === undefined) return undefined;
  const title = plainLine(knownText(known, 'title') ?? to.slice(0, 8), 120);
  await app.openChangeGroup(title, { repository, to, ...(from === undefined ? {} : { from }) });
  return { repository, to };
};

/** Addresses that a person allowed since this window was opened. */
const allowed = new Set<string>();

/** Gets what is new on the branch that deploys, after showing from where, and looks again. */
export const fetchBranchGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Fetch'), () => true);
  if (handle === undefined) return undefined;
  const target = knownTarget(known) ?? (await pickBranch(app, handle.id));
  if (target === undefined) return undefined;
  const plan = await app.fetches.plan(target.repository, target.ref);
  if (!(await isAllowed(plan))) return undefined;
  await withProgressText(vscode.l10n.t('Fetching {0} from {1}', plan.branch, plan.remote), (signal, onProgress) =>
    app.fetches.fetch(target.repository, target.ref, { signal, onProgress }),
  );
  return runInvestigation(app, { incident: handle.id });
};

interface FetchTarget {
  readonly repository: string;
  readonly ref: string;
}

function knownTarget(known: Known): FetchTarget | undefined {
  const repository = knownText(known, 'repository');
  const ref = knownText(known, 'ref');
  return repository === undefined || ref === undefined ? undefined : { repository, ref };
}

/** The only branch there is to fetch, else the one that is picked; those whose sight is old come first. */
async function pickBranch(app: App, incident: Parameters<App['changesOf']>[0]): Promise<FetchTarget | undefined> {
  const now = app.context.host.clock.now();
  const targets = (app.changesOf(incident)?.repositories ?? []).filter(
    ({ ref }) => ref.hasRemote && ref.kind !== 'local',
  );
  const [only] = targets;
  if (only === undefined) {
    throw new IncidentError('notFound', vscode.l10n.t('There is no remote branch listed that could be fetched.'), {
      hint: vscode.l10n.t('Investigate lists the branch that deploys.'),
    });
  }
  if (targets.length === 1) return { repository: only.directory, ref: only.ref.ref };
  return valueOf(
    await askChoice<FetchTarget>({
      title: vscode.l10n.t('Fetch'),
      placeholder: vscode.l10n.t('Which branch?'),
      choices: targets
        .toSorted((a, b) => Number(isStale(b.ref, now)) - Number(isStale(a.ref, now)))
        .map(({ name, ref, directory }) => ({
          label: `${plainLine(name, 60)}: ${plainLine(ref.name, 60)}`,
          ...(ref.fetched.kind === 'known' ? { description: lastSeen(ref.fetched, now) } : {}),
          value: { repository: directory, ref: ref.ref },
        })),
    }),
  );
}

/** Asked once for each address while this window is open: under stress, one question is enough. */
async function isAllowed({ remote, branch, address, command }: FetchPlan): Promise<boolean> {
  if (allowed.has(address)) return true;
  const yes = vscode.l10n.t('Fetch');
  const question = vscode.l10n.t('Fetch {0} from {1}?', branch, remote);
  const detail = `${address}\n${command}`;
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) !== yes) return false;
  allowed.add(address);
  return true;
}
