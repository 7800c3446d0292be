import type { HostFailure, ResolvesHosts } from '../../changes/hosts/resolvesHosts.ts';
import { failureText } from '../../changes/hosts/resolvesHosts.ts';
import { listed } from '../../changes/hosts/zoneHosts.ts';
import { observation, type Observation } from '../../signals/observation.ts';
import type { ObservationTask } from '../../signals/observeAll.ts';
import type { SignalContext, TargetService } from '../signalCheck.ts';

const mostHosts = 50;
/** What the name servers themselves say of a name; everything else may be the network of this machine. */
const said: readonly HostFailure[] = ['noSuchName', 'noAddress', 'serverFailed'];
const source = 'the name servers of this machine';

/** Whether the configured host names of services resolve. Names that mean this machine, and addresses, are not asked. */
export function hostTasks(
  services: readonly Pick<TargetService, 'name' | 'hosts'>[],
  hosts: ResolvesHosts,
  { clock }: Pick<SignalContext, 'clock'>,
): readonly ObservationTask[] {
  const byHost = new Map(
    services.flatMap((service) => service.hosts.map((host) => [host.toLowerCase(), service.name] as const)),
  );
  const asked = [...byHost].filter(([host]) => !isNoName(host)).slice(0, mostHosts);
  return asked.map(([host, service]) => {
    const basis = { id: `${service}/dns/${host}`, subject: service, name: `DNS of ${host}`, source };
    return {
      ...basis,
      observe: async (signal): Promise<readonly Observation[]> => {
        const answer = await hosts.resolve(host, signal);
        const seen = { ...basis, at: clock(), topic: 'dns' as const };
        if (answer.kind === 'failed') {
          const verdict = said.includes(answer.failure) ? 'bad' : 'unknown';
          return [observation({ ...seen, verdict, text: failureText(answer.failure) })];
        }
        const by = answer.alias === undefined ? '' : ` by ${answer.alias}`;
        const without = answer.without === undefined ? '' : ` (${answer.without} was not answered)`;
        const text = `resolves to ${listed(answer.addresses)}${by}${without}`;
        return [observation({ ...seen, verdict: answer.without === undefined ? 'ok' : 'unknown', text })];
      },
    };
  });
}

function isNoName(host: string): boolean {
  return /^[\d.]+$|:|^(?:[\w-]+\.)*localhost\.?$/i.test(host);
}
