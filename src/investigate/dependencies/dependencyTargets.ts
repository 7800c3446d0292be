import type { HealthProbe } from '../../config/signalConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { ObservationTask } from '../../signals/observeAll.ts';
import { unseen } from '../../signals/observeAll.ts';
import { probePlace } from '../../signals/probes/probePlace.ts';
import type { ProbeLabel } from '../../signals/probes/probeTask.ts';
import type { PageUse } from '../../signals/statusPages/statusPageTasks.ts';
import type { SignalTargets, TargetService } from '../signalCheck.ts';

type Targets = Pick<SignalTargets, 'services' | 'statusPages'>;

/** Every probe of the services and of what they depend on, with what its observation is called: `checkout/health/ready`. */
export function labelledProbes(services: readonly TargetService[]): readonly (readonly [HealthProbe, ProbeLabel])[] {
  return services.flatMap(({ name, url, health = [], dependencies = [] }) => [
    ...health.map((probe) => [probe, labelOf(probe, name, name, url)] as const),
    ...dependencies.flatMap((dependency) =>
      dependency.health.map((probe) => [probe, labelOf(probe, `${name}/${dependency.name}`, dependency.name)] as const),
    ),
  ]);
}

function labelOf(probe: HealthProbe, prefix: string, subject: string, base?: string): ProbeLabel {
  const place = probePlace(probe, base);
  const path = place.name.replace(/^\//, '').replace(/\s+/g, '/');
  return { id: `${prefix}/${path}`, subject, ...place };
}

/** What is looked for on status pages: what dependencies use of them, and all of a page that none refers to. */
export function pageUses({ services, statusPages }: Targets): readonly PageUse[] {
  const used = services.flatMap(({ name, dependencies = [] }) =>
    dependencies.flatMap((dependency): readonly PageUse[] => {
      const page = statusPages.find((one) => one.name === dependency.statusPage);
      if (page === undefined) return [];
      const { name: subject, components } = dependency;
      return [{ id: `${name}/${subject}/status`, subject, page, components }];
    }),
  );
  const whole = statusPages.filter((page) => !used.some((use) => use.page === page));
  return [...used, ...whole.map((page) => ({ id: `${page.name}/status`, subject: page.name, page, components: [] }))];
}

/** Dependencies that refer to a status page that mayday.yaml does not name. */
export function unknownPages({ services, statusPages }: Targets, clock: () => IsoTime): readonly ObservationTask[] {
  const known = new Set(statusPages.map(({ name }) => name));
  return services.flatMap(({ name, dependencies = [] }) =>
    dependencies.flatMap(({ name: subject, statusPage }) => {
      if (statusPage === undefined || known.has(statusPage)) return [];
      const label = { id: `${name}/${subject}/status`, subject, name: 'status page', source: 'mayday.yaml' };
      const reason = `statusPages of mayday.yaml names no "${statusPage}"`;
      return [{ ...label, observe: () => Promise.resolve([unseen(label, clock(), reason)]) }];
    }),
  );
}
