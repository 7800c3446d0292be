import { IncidentError } from '../incident/incidentError.ts';
import type { Host } from '../incident/useCase.ts';
import type { OutsideAddress } from './outsideAddresses.ts';

/** Where the keys of confirmed addresses are kept for this workspace. */
export interface AddressMemory {
  read(): readonly string[];
  write(keys: readonly string[]): Promise<void>;
}

/** The addresses that a person let Mayday ask, once per workspace. */
export interface ConfirmedAddresses {
  /** Those of them that nobody confirmed here yet. */
  unconfirmed(addresses: readonly OutsideAddress[]): readonly OutsideAddress[];
  /**
   * To be called before anything is asked. Throws IncidentError `untrusted` in Restricted Mode, `needsConfirmation` naming
   * the addresses that nobody confirmed.
   */
  require(addresses: readonly OutsideAddress[]): void;
  /** The same, but passes over addresses that the person said no to in this window: they are not asked, and said to be so. */
  requireDecided(addresses: readonly OutsideAddress[]): void;
  /**
   * Asks the person about all that are new, in one question; about those they said no to in this window only with `anew`.
   * Gives those that were confirmed by it.
   */
  ask(addresses: readonly OutsideAddress[], options?: { readonly anew?: boolean }): Promise<readonly OutsideAddress[]>;
}

/** The person's word is asked through the host; a yes is kept in `memory`, a no as long as this window is open. */
export function createConfirmedAddresses(
  host: Pick<Host, 'isTrusted' | 'confirm'>,
  memory: AddressMemory,
): ConfirmedAddresses {
  const refused = new Set<string>();
  const unconfirmed: ConfirmedAddresses['unconfirmed'] = (addresses) => {
    const known = new Set(memory.read());
    return addresses.filter(({ key }) => !known.has(key));
  };
  return {
    unconfirmed,
    require: (addresses) => {
      refuseUntrusted(host);
      const missing = unconfirmed(addresses);
      if (missing.length > 0) throw needsConfirmation(missing);
    },
    requireDecided: (addresses) => {
      refuseUntrusted(host);
      const missing = unconfirmed(addresses).filter(({ key }) => !refused.has(key));
      if (missing.length > 0) throw needsConfirmation(missing);
    },
    ask: async (addresses, { anew = false } = {}) => {
      refuseUntrusted(host);
      const missing = unconfirmed(addresses).filter(({ key }) => anew || !refused.has(key));
      if (missing.length === 0) return [];
      const what = 'Ask these addresses of mayday.yaml? Nobody confirmed them in this workspace yet.';
      const keys = missing.map(({ key }) => key);
      if (!(await host.confirm({ what, target: listed(missing) }))) {
        for (const key of keys) refused.add(key);
        return [];
      }
      await memory.write([...new Set([...memory.read(), ...keys])]);
      return missing;
    },
  };
}

function listed(addresses: readonly OutsideAddress[]): string {
  return addresses.map(({ text }) => text).join('\n');
}

function needsConfirmation(missing: readonly OutsideAddress[]): IncidentError {
  const [first, ...others] = missing.map(({ text }) => text);
  const what = others.length === 0 ? `${first ?? ''} was` : `${[first, ...others].join('; ')} were`;
  return new IncidentError('needsConfirmation', `${what} not asked: nobody confirmed that in this workspace yet.`, {
    hint: 'Run "Incident: Confirm Addresses…" once.',
  });
}

function refuseUntrusted({ isTrusted }: Pick<Host, 'isTrusted'>): void {
  if (isTrusted()) return;
  throw new IncidentError('untrusted', 'Nothing is asked while the workspace is not trusted.', {
    hint: 'Trust the workspace, then do it again.',
  });
}
