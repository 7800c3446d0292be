import picomatch from 'picomatch';
import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';

/** Which services a path (relative to the repository's root) belongs to. A service without paths is built from everything: it tells nothing. */
export function servicesOfPath(
  services: readonly Pick<ServiceConfiguration, 'name' | 'paths'>[],
): (path: string) => readonly string[] {
  const fits = services
    .filter(({ paths }) => paths.length > 0)
    .map(({ name, paths }) => ({ name, isOf: picomatch(paths.flatMap(folderToo), { dot: true }) }));
  if (fits.length === 0) return () => [];
  const known = new Map<string, readonly string[]>();
  return (path) => {
    const cached = known.get(path);
    if (cached !== undefined) return cached;
    const names = fits.filter(({ isOf }) => isOf(path)).map(({ name }) => name);
    known.set(path, names);
    return names;
  };
}

/** `services/api` and `services/api/` mean what is in them. */
function folderToo(glob: string): readonly string[] {
  const folder = glob.replace(/\/$/, '');
  return /[*?[{]/.test(glob) ? [glob] : [folder, `${folder}/**`];
}
