import picomatch from 'picomatch';
import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import { isPreRelease, releaseVersionOf } from '../deployed/releaseVersion.ts';
import type { Tag, WindowHistory } from './readsHistory.ts';
import type { Deploy } from './windowChanges.ts';

/** Tags that stand for a release, as deploys: of the services whose `tags` they fit, else those that are a version by themselves or with a service's name. */
export function tagDeploys(
  { tags, line, commits }: Pick<WindowHistory, 'tags' | 'line' | 'commits'>,
  services: readonly Pick<ServiceConfiguration, 'name' | 'tags'>[],
): readonly Deploy[] {
  const reached = new Map(line.map(({ id, reachedAt }) => [id, reachedAt]));
  const committed = new Map(commits.map(({ id, committedAt }) => [id, committedAt]));
  return releases(tags, services).flatMap(({ tag, service }) => {
    // A lightweight tag does not tell when it was made; it was no earlier than its commit.
    const at = tag.taggedAt ?? reached.get(tag.commit) ?? committed.get(tag.commit);
    if (at === undefined) return [];
    return [{ commit: tag.commit, at, name: tag.name, source: 'tag', ...(service === undefined ? {} : { service }) }];
  });
}

/**
 * Those of the tags that stand for a release, and of which service. A pre-release is none, nor is the version of something
 * that is no service here.
 */
export function releases(
  tags: readonly Tag[],
  services: readonly Pick<ServiceConfiguration, 'name' | 'tags'>[],
): readonly { readonly tag: Tag; readonly service: string | undefined }[] {
  const globs = services.flatMap(({ name, tags: glob }) =>
    glob === undefined ? [] : [{ name, fits: picomatch(glob, { bash: true }) }],
  );
  const names = services.map(({ name }) => name);
  return tags.flatMap((tag) => {
    if (isPreRelease(tag.name)) return [];
    const service = globs.find(({ fits }) => fits(tag.name))?.name;
    return service !== undefined || releaseVersionOf(tag.name, names) !== undefined ? [{ tag, service }] : [];
  });
}
