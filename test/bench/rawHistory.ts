import { git } from '../support/testWorkspace.ts';
import { rawGit } from './rawGit.ts';

/** What a person would type to see the same: where the window begins, then everything since with files and lines. */
export async function rawHistory(
  directory: string,
  since: string,
): Promise<{ readonly commits: number; readonly run: () => Promise<void> }> {
  const ref = await git(directory, 'rev-parse', '--symbolic-full-name', 'refs/remotes/origin/HEAD').catch(() => 'HEAD');
  const line = ['rev-list', '--first-parent', '--timestamp', '--parents', `--since=${since}`, ref];
  const [, , base] = (await git(directory, ...line)).split('\n').at(-1)?.split(' ') ?? [];
  const range = base === undefined ? [ref] : [ref, `^${base}`];
  const format = '--format=%x01%H%x00%P%x00%aN%x00%aE%x00%at%x00%ct%x00%s';
  const files = ['-z', '-r', '--raw', '--no-abbrev', '--find-renames', '--numstat', '--diff-merges=first-parent'];
  return {
    commits: Number(await git(directory, 'rev-list', '--count', ...range)),
    run: async () => {
      await rawGit(directory, line);
      await rawGit(directory, ['log', format, ...files, ...range]);
    },
  };
}
