import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCompareFiles } from '../../../src/connect/compareInWorker.ts';
import { createGit } from '../../../src/connect/git.ts';
import type { CheckContext } from '../../../src/investigate/automaticCheck.ts';
import type { FindingSource } from '../../../src/investigate/configuration/configurationCheck.ts';
import { createConfigurationCheck } from '../../../src/investigate/configuration/configurationCheck.ts';
import { parseConfigurationEvidence } from '../../../src/investigate/configuration/configurationEvidence.ts';
import { deploymentsCheck } from '../../../src/investigate/deployments/deploymentsCheck.ts';
import { parseCommitEvidence } from '../../../src/investigate/deployments/parseCommitEvidence.ts';
import { placeRepositories } from '../../../src/investigate/window/placeRepositories.ts';
import { repositoryLabels } from '../../../src/investigate/window/repositoryLabels.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';
import { changesSight, windowNow } from '../../support/builders/windowChanges.ts';

const place = (names: readonly string[], folders: readonly string[]) =>
  placeRepositories({ repositories: names.map((name) => ({ name })) }, folders).repositories.map(
    ({ directory }) => directory,
  );

describe('repositoryLabels', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['different names', ['/repo/api', '/repo/web'], ['api', 'web']],
    ['one name', ['/repo/one/api', '/repo/two/api', '/repo/web'], ['one/api', 'two/api', 'web']],
    ['one name and one parent', ['/a/src/api', '/b/src/api'], ['a/src/api', 'b/src/api']],
    ['one that ends as another', ['/api', '/one/api'], ['api', 'one/api']],
    ['other separators', ['C:\\one\\api', 'D:\\two\\api'], ['one/api', 'two/api']],
    ['never a drive', ['C:\\api', 'D:\\api'], ['api', 'api']],
  ])('%s', (_what, paths, labels) => {
    expect([...repositoryLabels(paths).values()]).toEqual(labels);
  });
});

describe('placeRepositories', () => {
  const two = ['/repo/one/api', '/repo/two/api'];

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['labels', ['two/api', 'one/api'], two, ['/repo/two/api', '/repo/one/api']],
    ['older evidence, in its order', ['api', 'api'], two, two],
    ['older evidence of a name that is unique', ['web'], ['/repo/api', '/repo/web'], ['/repo/web']],
    ['the longest first', ['api', 'one/api'], ['/one/api', '/api'], ['/api', '/one/api']],
    ['no part of a path but its end', ['work'], two, ['/repo/one/api']],
    ['no part of a name', ['pi', 'e/api'], two, ['/repo/one/api', '/repo/one/api']],
    ['its end before a folder inside', ['work'], ['/repo/one/api', '/home/work'], ['/home/work']],
    ['a folder inside', ['shop'], ['/src/web', '/src/shop/services/api'], ['/src/shop/services/api']],
    ['other separators', ['two/api'], ['C:\\one\\api', 'C:\\two\\api'], ['C:\\two\\api']],
    ['no name', [''], two, ['/repo/one/api']],
    ['no folder', ['api'], [], ['']],
  ])('places %s', (_what, names, folders, expected) => {
    expect(place(names, folders)).toEqual(expected);
  });
});

describe('two repositories of one folder name', () => {
  let repositories: readonly TestRepository[];

  beforeEach(() => {
    repositories = [createRepository(), createRepository()];
  });

  afterEach(() => {
    for (const repository of repositories) repository.dispose();
  });

  it('are kept and placed apart by both checks', async () => {
    const directories = repositories.map(({ directory }) => directory);
    const labels = directories.map((directory) => directory.split(/[/\\]/).slice(-2).join('/'));
    const sights = repositories.map((repository, index) => {
      const base = repository.commit({ files: { 'app.conf': 'a 1\n' } });
      repository.commit({ message: `Change ${String(index)}`, files: { 'app.conf': `a ${String(index + 2)}\n` } });
      return changesSight(repository, base);
    });
    const tell: FindingSource = (sight) => {
      const repository = sight.kind === 'seen' ? sight.changes.repository : '';
      const finding = { text: 'A is set nowhere', source: 'environment' as const, isSuspicious: true, repository };
      return Promise.resolve({ findings: [finding], unseen: [] });
    };
    const configurationCheck = createConfigurationCheck({
      versions: createGit({ environment: repositories[0]?.environment ?? {} }),
      compare: createCompareFiles(),
      configurationOf: () => Promise.resolve({ services: [], changes: { featureFlags: [], zoneFiles: [] } }),
      sources: [tell],
    });
    const context: CheckContext = { state: {} as unknown as CheckContext['state'], now: windowNow };
    const { signal } = new AbortController();
    const [deployments, configuration] = await Promise.all([
      deploymentsCheck.run(sights, context, signal),
      configurationCheck.run(sights, context, signal),
    ]);

    const commits = parseCommitEvidence(deployments.evidence[0]?.text ?? '');
    const placed = placeRepositories(commits ?? { repositories: [] }, directories.toReversed()).repositories;
    expect(placed.map(({ name }) => name)).toEqual(labels);
    expect(placed.map(({ directory }) => directory)).toEqual(directories);
    expect(placed.map(({ groups }) => groups[0]?.commits[0]?.subject)).toEqual(['Change 0', 'Change 1']);
    for (const label of labels) expect(deployments.summary).toContain(`${label}: `);

    const listed = parseConfigurationEvidence(configuration.evidence[0]?.text ?? '');
    const compared = placeRepositories(listed ?? { repositories: [] }, directories.toReversed()).repositories;
    expect(compared.map(({ name }) => name)).toEqual(labels);
    expect(compared.map(({ directory }) => directory)).toEqual(directories);
    expect(listed?.findings.map(({ repository }) => repository)).toEqual(labels);
    const texts = [...deployments.evidence, ...configuration.evidence].map(({ text }) => text).join('');
    for (const directory of directories) expect(texts).not.toContain(directory);
  });
});
