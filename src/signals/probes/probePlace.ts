import type { HealthProbe } from '../../config/signalConfiguration.ts';
import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';

/** What a probe is called, without what may be secret in its address. */
export interface ProbePlace {
  /** Behind the subject: `/health/ready`, `api.example.org/health`, `db.example.org:5432`. */
  readonly name: string;
  /** Where it goes, for people. */
  readonly source: string;
}

/** @param base where the service is reached; its own paths are named without it. */
export function probePlace(probe: HealthProbe, base: string | undefined): ProbePlace {
  if (probe.kind === 'tcp') {
    const target = `${probe.host}:${String(probe.port)}`;
    return { name: target, source: `TCP connection to ${target}` };
  }
  if (probe.kind === 'dns') return { name: `DNS ${probe.host}`, source: `DNS lookup of ${probe.host}` };
  const url = webAddressOf(probe.url);
  if (url === undefined) return { name: probe.url.split(/[?#]/, 1)[0] ?? '', source: 'mayday.yaml' };
  const isOwn = base !== undefined && webAddressOf(base)?.origin === url.origin;
  return { name: isOwn ? url.pathname : `${url.host}${url.pathname}`, source: shownAddress(url) };
}
