import type { IsoTime } from '../../incident/isoTime.ts';
import type { Severity } from '../../incident/severity.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { ListedAlert } from './alertSight.ts';

/** A service that is configured, and the workspace folder whose mayday.yaml names it. */
export interface PlacedService {
  readonly name: string;
  readonly folder: string;
}

/** The services of workspace folders. */
export function placedServicesOf(
  folders: readonly {
    readonly folder: string;
    readonly configuration: { readonly services: readonly { readonly name: string }[] };
  }[],
): readonly PlacedService[] {
  return folders.flatMap(({ folder, configuration }) => configuration.services.map(({ name }) => ({ name, folder })));
}

/** What an alert says of the incident that it is. */
export interface AlertProposal {
  readonly title: string;
  /** Absent when the policy does not know the alert's word for it. */
  readonly severity?: Severity;
  readonly service?: string;
  readonly folder: string;
  /** When it began to fire; absent when that is not known, or in the future by this machine's clock. */
  readonly startedAt?: IsoTime;
}

/** The labels that name a service, the most specific first. */
const serviceLabels = ['service', 'app', 'app_kubernetes_io_name', 'job'];

/** Title, severity, service and start as the alert tells them; the incident belongs to the folder that names the service. */
export function alertProposal(alert: ListedAlert, services: readonly PlacedService[], now: IsoTime): AlertProposal {
  const service = serviceOf(alert, services);
  const { severity } = alert.level;
  const text = redactedLine(alert.summary, 200);
  return {
    title: text === '' ? redactedLine(alert.name, 200) : text,
    folder: service?.folder ?? alert.folder,
    ...(severity === undefined ? {} : { severity }),
    ...(service === undefined ? {} : { service: service.name }),
    ...(alert.since === undefined || alert.since > now ? {} : { startedAt: alert.since }),
  };
}

/** Of the alert's own folder where several have a service of that name. `shop/checkout` is a job of checkout, too. */
function serviceOf({ labels, folder }: ListedAlert, services: readonly PlacedService[]): PlacedService | undefined {
  for (const label of serviceLabels) {
    const value = Object.hasOwn(labels, label) ? labels[label]?.toLowerCase() : undefined;
    if (value === undefined) continue;
    const meant = services.filter(({ name }) => [value, value.split('/').at(-1)].includes(name.toLowerCase()));
    const found = meant.find((service) => service.folder === folder) ?? meant[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
