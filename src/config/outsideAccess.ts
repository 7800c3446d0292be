import type { Host } from '../incident/useCase.ts';
import type { ConfirmedAddresses } from './confirmedAddresses.ts';
import type { OutsideAddress } from './outsideAddresses.ts';
import { addressesOf, secretsIn } from './outsideAddresses.ts';
import type { Configuration } from './configuration.ts';
import { signalAddressesOf, signalSecretsOf } from './signalAddresses.ts';

/** What a person lets Mayday ask, and with which secrets. */
export interface OutsideAccess {
  /** Asks about all addresses of the configuration that are new, in one question: see ConfirmedAddresses. */
  confirmAddresses(options?: {
    readonly anew?: boolean;
  }): Promise<{ readonly confirmed: number; readonly left: number }>;
  /** The secrets that the configuration refers to, in the order of the alphabet. */
  secretNames(): Promise<readonly string[]>;
}

/** `configurations` gives those of all folders of this window. */
export function createOutsideAccess(
  { secrets }: Pick<Host, 'secrets'>,
  addresses: Pick<ConfirmedAddresses, 'ask' | 'unconfirmed'>,
  configurations: () => Promise<readonly Configuration[]>,
): OutsideAccess {
  return {
    confirmAddresses: async (options) => {
      const all = await configurations();
      const named = unique(all.flatMap((one) => [...addressesOf(one.services), ...signalAddressesOf(one)]));
      const confirmed = await addresses.ask(named, options);
      // A person just agreed that GitHub is asked: now is when it may ask who they are.
      if (confirmed.some(({ kind }) => kind === 'github')) await secrets.githubToken({ ask: true });
      return { confirmed: confirmed.length, left: addresses.unconfirmed(named).length };
    },
    secretNames: async () => {
      const names = (await configurations()).flatMap((one) => [
        ...one.services.flatMap(({ version }) => secretsIn(version?.headers ?? {})),
        ...signalSecretsOf(one),
      ]);
      return [...new Set(names)].sort();
    },
  };
}

function unique(addresses: readonly OutsideAddress[]): readonly OutsideAddress[] {
  return [...new Map(addresses.map((one) => [one.key, one])).values()];
}
