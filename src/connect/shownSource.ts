import type { DataSource } from '../config/signalConfiguration.ts';
import { shownAddress, webAddressOf } from '../safety/webAddress.ts';

/** A server as people are told of it: `Prometheus prod (https://prometheus.example.org/)`. */
export function shownSource(kind: string, { name, url }: Pick<DataSource, 'name' | 'url'>): string {
  const address = webAddressOf(url);
  const title = name.toLowerCase().startsWith(kind.toLowerCase()) ? name : `${kind} ${name}`;
  return `${title} (${address === undefined ? 'an address that is none' : shownAddress(address)})`;
}
