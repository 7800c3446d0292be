import * as vscode from 'vscode';
import { personName } from '../../documents/wordNames.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { Role } from '../../incident/words.ts';
import { roles } from '../../incident/words.ts';
import type { App } from '../app.ts';
import { askChoice, askChoices, valueOf } from '../platform/prompts.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { askPerson, askReason, pickIncident } from './pickers.ts';

export const assignRoleGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Assign Roles');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const role = await askRole(title, handle, known, () => true);
  if (role === undefined) return undefined;
  const { name, duty } = handle.state.policy.roles[role];
  const holder = handle.state.roles[role];
  const person = await askPerson(app, {
    title,
    placeholder: vscode.l10n.t('{0}: {1}. Who?', name, duty),
    ...(holder === undefined ? {} : { value: holder }),
  });
  return person && app.run('assignRole', { incident: handle.id, role, person });
};

export const releaseRoleGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Release a Role');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const role = await askRole(title, handle, known, (candidate) => handle.state.roles[candidate] !== undefined);
  return role && app.run('releaseRole', { incident: handle.id, role });
};

async function askRole(
  title: string,
  { state }: IncidentHandle,
  known: Known,
  fits: (role: Role) => boolean,
): Promise<Role | undefined> {
  const role = roles.find((candidate) => candidate === knownText(known, 'role'));
  if (role !== undefined) return role;
  const candidates = roles.filter(fits);
  if (candidates.length === 0) throw new IncidentError('notFound', vscode.l10n.t('Nobody has a role yet.'));
  const needed = state.policy.severities[state.dutySeverity].roles;
  return valueOf(
    await askChoice<Role>({
      title,
      placeholder: vscode.l10n.t('Which role?'),
      choices: candidates.map((candidate) => {
        const holder = state.roles[candidate];
        const missing = needed.includes(candidate) ? vscode.l10n.t('not filled, needed') : vscode.l10n.t('not filled');
        return {
          label: state.policy.roles[candidate].name,
          description: holder === undefined ? missing : personName(holder),
          detail: state.policy.roles[candidate].duty,
          value: candidate,
        };
      }),
    }),
  );
}

/** Who takes which roles, what is going on, what was tried, what comes next: then the document opens. */
export const handOverGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Hand Over');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const me = await app.context.person();
  const held = roles.filter((role) => handle.state.roles[role] !== undefined);
  if (held.length === 0)
    throw new IncidentError('refused', vscode.l10n.t('Nobody has a role that could be handed over.'));
  const giver = held.some((role) => handle.state.roles[role] === me) ? me : handle.state.roles[held[0] ?? 'scribe'];
  const mine = held.filter((role) => handle.state.roles[role] === giver);
  const chosen =
    roles.filter((role) => role === knownText(known, 'role')).length > 0
      ? roles.filter((role) => role === knownText(known, 'role'))
      : valueOf(
          await askChoices<Role>({
            title,
            placeholder: vscode.l10n.t('Which roles are handed over?'),
            selected: mine,
            choices: held.map((role) => ({
              label: handle.state.policy.roles[role].name,
              description: personName(handle.state.roles[role] ?? ''),
              value: role,
            })),
          }),
        );
  const [first] = chosen ?? [];
  if (chosen === undefined || first === undefined) return undefined;
  const to = await askPerson(app, { title, placeholder: vscode.l10n.t('Who takes over?') });
  if (to === undefined) return undefined;
  const situation = await askReason({ title, prompt: vscode.l10n.t('What is going on?') });
  if (situation === undefined) return undefined;
  const tried = await askReason({ title, prompt: vscode.l10n.t('What was tried and ruled out?'), optional: true });
  if (tried === undefined) return undefined;
  const next = await askReason({ title, prompt: vscode.l10n.t('What comes next?'), optional: true });
  if (next === undefined) return undefined;
  const from = handle.state.roles[first] ?? me;
  const result = await app.run('handOver', {
    incident: handle.id,
    roles: [...chosen],
    from,
    to,
    situation,
    ...given({ tried, next }),
  });
  if (result.document !== undefined) await app.openFile(result.document);
  return result;
};

/** The answers that say something. */
function given(answers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== ''));
}

export const acceptHandoverGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Accept Handover');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const handover = knownText(known, 'handover');
  const offered = handle.state.handovers.find(
    ({ id, outcome }) => outcome.kind === 'offered' && id === (handover ?? id),
  );
  if (offered !== undefined && !(await isTaker(app, title, offered.to))) return undefined;
  return app.run('acceptHandover', { incident: handle.id, ...(handover === undefined ? {} : { handover }) });
};

/** The taker accepts; at another's window only with their word. */
async function isTaker(app: App, title: string, taker: string): Promise<boolean> {
  const me = await app.context.person();
  if (personName(me) === personName(taker)) return true;
  const said = await askChoice<boolean>({
    title,
    placeholder: vscode.l10n.t('It is {0} who accepts. Did they say yes?', personName(taker)),
    choices: [
      { label: vscode.l10n.t('Yes, {0} accepts', personName(taker)), value: true },
      { label: vscode.l10n.t('No, leave it open'), value: false },
    ],
  });
  return valueOf(said) ?? false;
}

export const declineHandoverGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Decline Handover');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const reason = await askReason({ title, prompt: vscode.l10n.t('Why?') });
  if (reason === undefined) return undefined;
  const handover = knownText(known, 'handover');
  return app.run('declineHandover', { incident: handle.id, reason, ...(handover === undefined ? {} : { handover }) });
};
