import type { BranchTag, DeployedSources } from '../changes/deployed/deployedSources.ts';
import type { RevisionCandidate } from '../changes/deployed/revisionCandidates.ts';
import { isCommitId, isSafeRef } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { askGit } from './gitAsk.ts';
import { timeOf } from './gitLog.ts';
import { readDeployRef } from './gitRefs.ts';
import type { GitSetup } from './gitRun.ts';

/** So many of the newest tags are looked at. */
const mostTags = 200;

/** What a repository itself knows of versions. Throws what git's adapters throw. */
export function createGitReleases(setup: GitSetup = {}): DeployedSources['repository'] {
  return {
    find: async (folder, candidates, signal) => {
      const ask = askGit(setup, folder, signal);
      const safe = candidates.filter((one) => (one.kind === 'tag' ? isSafeRef(one.name) : isCommitId(one.id)));
      if (safe.length === 0) return undefined;
      const commits = await commitsOf(ask, safe);
      for (const [index, candidate] of safe.entries()) {
        const commit = commits[index];
        if (commit !== undefined) return { candidate, commit };
      }
      return undefined;
    },
    deployBranch: async (folder, { branch, glob, signal }) => {
      const ask = askGit(setup, folder, signal);
      const { name, commit: head } = await readDeployRef(ask, branch);
      return { name, head, tags: head === undefined ? [] : await tagsOn(ask, head, glob) };
    },
  };
}

/** One line for each question: `<id> commit <size>`, `… missing` or `… ambiguous`. */
async function commitsOf(
  ask: AskGit,
  candidates: readonly RevisionCandidate[],
): Promise<readonly (string | undefined)[]> {
  const questions = candidates.map((one) => `${one.kind === 'tag' ? `refs/tags/${one.name}` : one.id}^{commit}\n`);
  const answer = await ask.text(['cat-file', '--batch-check'], { input: Buffer.from(questions.join('')) });
  return answer.split('\n').map((line) => /^([0-9a-f]{40,64}) commit \d+$/.exec(line)?.[1]);
}

async function tagsOn(ask: AskGit, head: string, glob: string | undefined): Promise<readonly BranchTag[]> {
  const format = '--format=%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objectname)%00%(creatordate:unix)';
  const pattern = glob === undefined ? 'refs/tags' : `refs/tags/${glob}`;
  const text = await ask.text(['for-each-ref', format, '--sort=-creatordate', `--count=${mostTags}`, pattern]);
  const tags = text.split('\n').flatMap((line): BranchTag[] => {
    const [name = '', type, id = '', peeled = '', seconds = ''] = line.split('\0');
    const commit = type === 'tag' ? peeled : type === 'commit' ? id : '';
    return commit === '' || !isSafeRef(name) ? [] : [{ name, commit, at: timeOf(seconds) }];
  });
  if (tags.length === 0) return [];
  // Of these only: to ask it of thousands of tags would walk the whole history.
  const names = tags.map(({ name }) => `refs/tags/${name}`);
  const merged = await ask.text(['for-each-ref', `--merged=${head}`, '--format=%(refname:strip=2)', ...names]);
  const onBranch = new Set(merged.split('\n'));
  return tags.filter(({ name }) => onBranch.has(name));
}
