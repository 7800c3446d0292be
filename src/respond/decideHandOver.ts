import type { Decide } from '../incident/incidentStore.ts';
import { refused, refuseClosed } from '../incident/refusals.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Role } from '../incident/words.ts';
import { roles as allRoles } from '../incident/words.ts';
import { personName, roleName } from '../documents/wordNames.ts';
import type { HandOverArgs } from './handOver.ts';

/** The offer: only roles that the giver holds, and never to oneself. */
export function decideHandOver({ to, from, roles, situation, tried, next }: HandOverArgs): Decide {
  return (state, { by }) => {
    refuseClosed(state);
    const giver = from ?? holderOf(roles ?? [], state) ?? by;
    if (giver === to) throw refused(`${personName(to)} cannot hand over to themselves.`);
    const held = allRoles.filter((role) => state.roles[role] === giver);
    const given = roles === undefined ? held : [...new Set(roles)];
    const notHeld = given.filter((role) => !held.includes(role));
    if (given.length === 0 || notHeld.length > 0) throw notTheirs(giver, notHeld, state);
    const words = { situation, tried: tried ?? '', next: next ?? '' };
    return [{ type: 'handover.offered', data: { roles: given, from: giver, to, ...words } }];
  };
}

/** Who holds all of the named roles; undefined when nobody or several do. */
function holderOf(roles: readonly Role[], state: IncidentState): string | undefined {
  const [holder, ...others] = new Set(roles.map((role) => state.roles[role]));
  return others.length === 0 ? holder : undefined;
}

function notTheirs(giver: string, notHeld: readonly Role[], state: IncidentState): Error {
  const what =
    notHeld.length === 0 ? 'no role' : `not the role ${notHeld.map((role) => roleName(role, state.policy)).join(', ')}`;
  const held = allRoles.flatMap((role) => {
    const person = state.roles[role];
    return person === undefined ? [] : [`${roleName(role, state.policy)}: ${personName(person)}`];
  });
  return refused(
    `${personName(giver)} has ${what}, so there is nothing to hand over.`,
    held.length === 0 ? 'Assign roles instead: nobody has one.' : `Say with “from” who gives. ${held.join('; ')}.`,
  );
}
