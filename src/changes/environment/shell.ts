import type { EnvironmentRead, FoundRead } from './environmentRead.ts';
import { isVariableName, withLines } from './environmentRead.ts';
import { maskShell } from './maskShell.ts';
import { firstAssignments } from './shellAssignments.ts';

/** What shells set by themselves. */
const ofShells = new Set(
  (
    'BASH BASHPID BASH_ARGC BASH_ARGV BASH_COMMAND BASH_LINENO BASH_REMATCH BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO BASH_VERSION ' +
    'COLUMNS COMP_CWORD COMP_LINE COMP_POINT COMP_WORDS COMPREPLY COPROC DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS ' +
    'HISTFILE HISTSIZE HOSTTYPE IFS LINENO LINES MACHTYPE MAPFILE OLDPWD OPTARG OPTERR OPTIND OSTYPE PIPESTATUS PPID PS1 PS2 PS4 ' +
    'PWD RANDOM REPLY SECONDS SHELLOPTS SHLVL SRANDOM UID ZSH_NAME ZSH_VERSION'
  ).split(' '),
);

/**
 * The variables that a shell script expands and does not set itself: `$X`, `${X}`, `${X:-default}`, `${X:?}`. By
 * convention those of the environment are in capitals: names in lower case are taken for the script's own.
 */
export function shellReads(text: string): readonly EnvironmentRead[] {
  const code = maskShell(text);
  const assigned = firstAssignments(code);
  const found: FoundRead[] = [];
  for (const match of code.matchAll(/\$(?:\{([!#]?)([A-Za-z_]\w*)(:?[-=+?])?|([A-Za-z_]\w*))/g)) {
    const [, , braced, operator = '', plain] = match;
    const name = braced ?? plain ?? '';
    if (!isVariableName(name) || !/^[A-Z_]*[A-Z][A-Z0-9_]*$/.test(name) || ofShells.has(name)) continue;
    const own = assigned.get(name);
    // `X="${X:-1}"` takes over what it was given; any other assignment makes it the script's own.
    if (own !== undefined && !own.some(({ from, to }) => match.index > from && match.index < to)) continue;
    found.push({ name, offset: match.index, hasDefault: /[-=+]/.test(operator) });
  }
  return withLines(text, found);
}
