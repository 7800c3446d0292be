import type { TraceFrame } from './parsedTrace.ts';
import type { RepositoryFiles } from './repositoryFiles.ts';

/** A module of a repository. */
export interface GoModule {
  /** Relative to the repository's root, without a slash at its end; empty for the root. */
  readonly directory: string;
  /** `github.com/acme/shop` */
  readonly module: string;
}

/** The module that a `go.mod` declares (https://go.dev/ref/mod#go-mod-file-module); undefined for one that declares none. */
export function goModuleOf(path: string, text: string): GoModule | undefined {
  const [, quoted, bare] = /^[ \t]*module[ \t]+(?:"([^"\n]{1,500})"|([^\s"]{1,500}))/m.exec(text) ?? [];
  const module = quoted ?? bare;
  return module === undefined ? undefined : { directory: path.replace(/\/?go\.mod$/, ''), module };
}

/** The file of a frame by its package, or by its path as -trimpath writes it: no guess, the module tells the folder. */
export function goFile(
  { packageName = '', path = '' }: TraceFrame,
  modules: readonly GoModule[],
  files: RepositoryFiles,
): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (const { module, directory } of modules.toSorted((a, b) => b.module.length - a.module.length)) {
    for (const imported of [path, `${packageName}/${name}`]) {
      if (!imported.startsWith(`${module}/`)) continue;
      const inner = imported.slice(module.length + 1);
      const file = directory === '' ? inner : `${directory}/${inner}`;
      if (files.has(file)) return file;
    }
  }
  return undefined;
}
