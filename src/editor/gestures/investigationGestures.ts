import * as vscode from 'vscode';
import { checkName, judgementNames, verdictNames } from '../../documents/wordNames.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { Check, SuspectJudgement, Verdict } from '../../incident/words.ts';
import { checks, suspectJudgements } from '../../incident/words.ts';
import type { App } from '../app.ts';
import type { ArgsOf } from '../useCases.ts';
import { askChoice, valueOf } from '../platform/prompts.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { askReason, pickIncident } from './pickers.ts';

/** Runs the checks that run by themselves, or the one of the row, with progress and cancel, and shows them in the tree. */
export const investigateGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Investigate'), () => true);
  if (handle === undefined) return undefined;
  const check = checks.find((one) => one === knownText(known, 'check'));
  return runInvestigation(app, { incident: handle.id, ...(check === undefined ? {} : { checks: [check] }) });
};

/** Runs checks with progress and cancel, and shows the first of them. The window that was chosen last stays where none is named. */
export async function runInvestigation(
  app: App,
  wish: ArgsOf<'investigate'> & { readonly incident: IncidentId },
): Promise<unknown> {
  await app.confirmAddresses();
  const result = await app.withProgress(vscode.l10n.t('Looking at changes and signals…'), (signal) =>
    app.run('investigate', wish, signal),
  );
  await app.reveal(wish.incident, `check/${wish.checks?.[0] ?? 'deployments'}`);
  return result;
}

export const completeCheckGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Complete a Check');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const check = await askCheck(title, handle, known);
  if (check === undefined) return undefined;
  const name = checkName(check, handle.state.policy);
  const verdict = valueOf(
    await askChoice<Verdict>({
      title: `${title}: ${name}`,
      placeholder: handle.state.policy.checks.find(({ id }) => id === check)?.looksAt ?? name,
      choices: (['ok', 'suspicious', 'bad', 'notApplicable', 'unknown'] as const).map((word) => ({
        label: verdictNames[word],
        value: word,
      })),
    }),
  );
  if (verdict === undefined) return undefined;
  const summary = await askReason({
    title: `${title}: ${name}`,
    prompt: vscode.l10n.t('What did you see, and where?'),
    optional: true,
  });
  if (summary === undefined) return undefined;
  return app.run('completeCheck', { incident: handle.id, check, verdict, ...(summary === '' ? {} : { summary }) });
};

async function askCheck(title: string, { state }: IncidentHandle, known: Known): Promise<Check | undefined> {
  const check = checks.find((candidate) => candidate === knownText(known, 'check'));
  if (check !== undefined) return check;
  return valueOf(
    await askChoice<Check>({
      title,
      placeholder: vscode.l10n.t('Which check?'),
      choices: state.policy.checks.map(({ id, name, looksAt }, index) => {
        const result = state.checks[id];
        return {
          label: `${String(index + 1)} ${name}`,
          description: result === undefined ? looksAt : verdictNames[result.verdict],
          value: id,
        };
      }),
    }),
  );
}

/** A note, a link, or the text selected in the editor with its place. */
export const addFindingGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Add Finding');
  const selection = selectedText();
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const check = await askCheck(title, handle, known);
  if (check === undefined) return undefined;
  const typed = await askReason({
    title,
    prompt:
      selection === undefined
        ? vscode.l10n.t('What was found? A link in it is kept as the link.')
        : vscode.l10n.t('What do the {0} selected lines of {1} show?', selection.lines, selection.place),
  });
  if (typed === undefined) return undefined;
  const link = /https?:\/\/\S+/.exec(typed)?.[0];
  return app.run('addFinding', {
    incident: handle.id,
    check,
    text: typed,
    ...(link === undefined ? {} : { link }),
    ...(selection === undefined ? {} : { place: selection.place, excerpt: selection.text }),
  });
};

function selectedText(): { readonly text: string; readonly place: string; readonly lines: number } | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  const { start, end } = editor.selection;
  const path = vscode.workspace.asRelativePath(editor.document.uri);
  const first = String(start.line + 1);
  const last = String(end.line + 1);
  return {
    text: editor.document.getText(editor.selection),
    place: first === last ? `${path}:${first}` : `${path}:${first}-${last}`,
    lines: end.line - start.line + 1,
  };
}

export const judgeSuspectGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Judge Suspect');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const commit = knownText(known, 'commit') ?? (await askCommit(app, title, handle));
  if (commit === undefined) return undefined;
  const judgement = valueOf(
    await askChoice<SuspectJudgement>({
      title,
      placeholder: knownText(known, 'subject') ?? commit.slice(0, 12),
      choices: suspectJudgements.map((word) => ({ label: judgementNames[word], value: word })),
    }),
  );
  if (judgement === undefined) return undefined;
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why?'), optional: true });
  if (reason === undefined) return undefined;
  const subject = knownText(known, 'subject') ?? app.commitsOf(handle.id)?.find(({ id }) => id === commit)?.subject;
  return app.run('judgeSuspect', {
    incident: handle.id,
    commit,
    judgement,
    reason,
    ...(subject === undefined ? {} : { subject }),
  });
};

async function askCommit(app: App, title: string, handle: IncidentHandle): Promise<string | undefined> {
  const commits = app.commitsOf(handle.id) ?? [];
  if (commits.length === 0) {
    throw new IncidentError('notFound', vscode.l10n.t('No commits are listed yet.'), {
      hint: vscode.l10n.t('Investigate lists those of the change window.'),
    });
  }
  return valueOf(
    await askChoice<string>({
      title,
      placeholder: vscode.l10n.t('Which commit?'),
      choices: commits.map(({ id, subject, author }) => ({
        label: subject,
        description: `${id.slice(0, 8)} ${author}`,
        value: id,
      })),
    }),
  );
}

/** Opens what a commit changed, in the multi-diff editor, and records that it was looked at. */
export const openCommitGesture: Gesture = async (app, known) => {
  const commit = knownText(known, 'commit');
  const handle = await pickIncident(app, known, vscode.l10n.t('Open Commit'), () => true);
  if (commit === undefined || handle === undefined) return undefined;
  await app.openCommit(handle.id, commit, knownText(known, 'repository'));
  const summary = app.commitsOf(handle.id)?.find(({ id }) => id === commit);
  if (summary !== undefined && app.context.host.isTrusted()) {
    const { id, subject, author, at } = summary;
    await app.run('inspectChange', { incident: handle.id, commits: [{ id, subject, author, at }] });
  }
  return { commit };
};

export const openChangeWindowGesture: Gesture = async (app, known) => {
  const handle = await pickIncident(app, known, vscode.l10n.t('Open All Changes of the Window'), () => true);
  if (handle === undefined) return undefined;
  await app.openChangeWindow(handle.id);
  return { incident: handle.id };
};
