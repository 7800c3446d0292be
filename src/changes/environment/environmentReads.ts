import type { EnvironmentRead } from './environmentRead.ts';
import { goReads } from './go.ts';
import { javascriptHandsOver, javascriptReads } from './javascript.ts';
import { pythonReads } from './python.ts';
import { shellReads } from './shell.ts';

/** A language whose code is understood. */
export type CodeLanguage = 'javascript' | 'python' | 'go' | 'shell';

/** File name endings of code. */
const codeEndings: Readonly<Record<CodeLanguage, readonly string[]>> = {
  javascript: ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'svelte', 'astro'],
  python: ['py', 'pyw'],
  go: ['go'],
  shell: ['sh', 'bash', 'zsh', 'ksh'],
};

const readers: Readonly<Record<CodeLanguage, (text: string) => readonly EnvironmentRead[]>> = {
  javascript: javascriptReads,
  python: pythonReads,
  go: goReads,
  shell: shellReads,
};

/** What code that reads its environment holds: most files have none of it, and need no closer look. */
const telling: Readonly<Record<CodeLanguage, RegExp>> = {
  javascript: /[Ee]nv|[cC]onfigService/,
  python: /[Ee][Nn][Vv]|decouple|BaseSettings/,
  go: /[Ee]nv/,
  shell: /\$\{?[!#]?[A-Z_]/,
};

/** Code that tests, tells how or builds, or that others wrote, does not run in production. */
const notInProduction =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|spec|e2e|testdata|fixtures|docs?|examples?|benchmarks?|\.github|\.gitlab|\.circleci|\.husky|node_modules|vendor|dist|third_party)\/|(?:^|\/)(?:test_[^/]*|conftest)\.py$|_test\.(?:go|py)$|\.(?:test|spec|stories|e2e|min)\.[a-z]+$|\.d\.[cm]?ts$|\.bats$/i;

/**
 * True for a file that may hold code that runs in production, by its path: of a known language, or without an ending (a
 * script). Tests, examples, what runs in CI, what was built and what others wrote are left out.
 */
export function mayReadEnvironment(path: string): boolean {
  if (notInProduction.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return languageOfEnding(name) !== undefined || /^[a-z][\w-]*$/.test(name);
}

/** The variables that a file reads, by line; nothing for a language that is not understood. */
export function environmentReads(path: string, text: string): readonly EnvironmentRead[] {
  const language = languageOf(path, text);
  if (language === undefined || notInProduction.test(path) || !telling[language].test(text)) return [];
  return readers[language](text);
}

/**
 * The line, counted from 1, where a file hands its whole environment to what reads it by names that are elsewhere, so that
 * its reads cannot be told; undefined where it does not. Told of JavaScript only.
 */
export function handsOverEnvironment(path: string, text: string): number | undefined {
  const isBare = /\b(?:process|Bun|import\.meta)\??\.env(?![\w$]|\s{0,40}(?:\??\.|\[))/;
  if (languageOf(path, text) !== 'javascript' || notInProduction.test(path) || !isBare.test(text)) return undefined;
  return javascriptHandsOver(text);
}

/** By the ending, else by the first line (`#!/usr/bin/env python3`). */
export function languageOf(path: string, text: string): CodeLanguage | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byEnding = languageOfEnding(name);
  if (byEnding !== undefined || name.includes('.')) return byEnding;
  const [, program = ''] = /^#!\s*\S*?\/?(?:env\s+(?:-S\s+)?)?([A-Za-z]+)[\d.]*(?:\s|$)/.exec(text.slice(0, 200)) ?? [];
  if (/^(?:sh|bash|dash|zsh|ksh)$/.test(program)) return 'shell';
  if (program === 'python') return 'python';
  return /^(?:node|bun|deno|tsx)$/.test(program) ? 'javascript' : undefined;
}

function languageOfEnding(name: string): CodeLanguage | undefined {
  const ending = /\.([A-Za-z]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const languages: readonly CodeLanguage[] = ['javascript', 'python', 'go', 'shell'];
  return languages.find((language) => codeEndings[language].includes(ending));
}
