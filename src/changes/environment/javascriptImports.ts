import type { FoundRead } from './environmentRead.ts';
import { isVariableName } from './environmentRead.ts';
import { members } from './javascriptPatterns.ts';

/** What a file says of its environment before it reads it. */
export interface EnvironmentNames {
  /** Names that stand for the whole environment in this file. */
  readonly names: readonly string[];
  /** Variables that are imported by their name (SvelteKit's `$env/static/private`). */
  readonly imported: readonly FoundRead[];
}

/** Modules whose `env` is the environment. */
const environmentModules = new Set(['process', 'node:process', '$env/dynamic/private', '$env/dynamic/public']);

/** `const env = process.env`, `import { env as e } from 'node:process'`, `const { env } = process`. */
export function environmentNames(code: string, text: string): EnvironmentNames {
  const names = new Set<string>();
  const imported: FoundRead[] = [];
  const alias =
    /\b(?:const|let|var)\s{1,40}([A-Za-z_$][\w$]*)(?:\s{0,40}:\s{0,40}[\w$.<>,|[\] ]{1,120})?\s{0,40}=\s{0,40}(?:process\s{0,40}\??\.\s{0,40}env|import\.meta\.env|Bun\.env)(?![\w$]|\s{0,80}(?:[.[(]|\?\.|\?\?|\|\|))/g;
  for (const [, name] of code.matchAll(alias)) if (name !== undefined) names.add(name);

  const taken =
    /\{([^{}]{0,2000})\}\s{0,40}(?:from\s{0,40}|=\s{0,40}require\s{0,40}\(\s{0,40})(["'])( +)\2|\{([^{}]{0,2000})\}\s{0,40}=\s{0,40}(?:globalThis\.)?process(?![\w$]|\s{0,40}[.[(?])/dg;
  for (const { index, indices } of code.matchAll(taken)) {
    const [from, to] = indices?.[1] ?? indices?.[4] ?? [index, index];
    const [moduleFrom = 0, moduleTo = 0] = indices?.[3] ?? [];
    const module = moduleTo === 0 ? 'process' : text.slice(moduleFrom, moduleTo);
    for (const member of members(code, from, to)) {
      const { name, local } = nameOf(code.slice(member.from, member.to));
      if (environmentModules.has(module) && name === 'env') names.add(local);
      if (module.startsWith('$env/static/') && isVariableName(name)) {
        imported.push({
          name,
          offset: member.from + code.slice(member.from, member.to).indexOf(name),
          hasDefault: false,
        });
      }
    }
  }
  return { names: [...names], imported };
}

/** `env`, `env as e`, `env: e`. */
function nameOf(member: string): { readonly name: string; readonly local: string } {
  const [, name = '', local = name] =
    /^\s*([A-Za-z_$][\w$]*)\s*(?:(?:\bas\b|:)\s*([A-Za-z_$][\w$]*)\s*)?$/.exec(member) ?? [];
  return { name, local };
}
