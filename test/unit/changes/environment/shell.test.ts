import { describe, expect, it } from 'vitest';
import { shellReads } from '../../../../src/changes/environment/shell.ts';

/** `name:line`, with `=` behind it where there is a default. */
const told = (text: string) =>
  shellReads(text).map(({ name, line, hasDefault }) => `${name}:${line}${hasDefault ? '=' : ''}`);

describe('shellReads', () => {
  it.each<[string, string, readonly string[]]>([
    ['plain and braced', 'curl $LOYALTY_URL ${API_KEY}', ['LOYALTY_URL:1', 'API_KEY:1']],
    ['defaults', 'echo ${A:-x} ${B-x} ${C:=x} ${D=x} ${E:+x}', ['A:1=', 'B:1=', 'C:1=', 'D:1=', 'E:1=']],
    ['required', ': "${A:?is not set}" ${B?}', ['A:1', 'B:1']],
    ['length, parts and lists', '${#A} ${B%/*} ${C//a/b} ${D[@]} ${E^^}', ['A:1', 'B:1', 'C:1', 'D:1', 'E:1']],
    ['a default within a default', '${A:-${B:-x}}', ['A:1=', 'B:1=']],
    ['double quotes', 'echo "$A and ${B}"', ['A:1', 'B:1']],
    ['a substitution in double quotes', `echo "$(curl "$A" 'no $B')"`, ['A:1']],
    ['single quotes', `echo '$A' "it's $B" $'\\'$C' $D`, ['B:1', 'D:1']],
    ['escaped', 'echo \\$A "\\$B" $C', ['C:1']],
    ['a comment', '# $A\necho x#$B # $C', ['B:2']],
    ['special and positional', 'echo $1 $@ $# $? $$ $! ${1:-x} $*', []],
    ['lower case', 'echo $name ${file} $http_proxy', []],
    ['those of shells', 'echo $PWD $RANDOM $BASH_SOURCE ${FUNCNAME[0]} $IFS $SECONDS', []],
    ['assigned', 'A=1\nB="x y"; export C=2\nlocal D=$E\ndeclare -r F=1\nreadonly G=1\necho $A $B $C $D $F $G', ['E:3']],
    ['assigned later on a line', 'x && A=1; B=2 C=3 cmd; if true; then D=1; fi\necho $A $B $C $D', []],
    ['assigned below', 'f() { echo $A; }\nA=1\nf', []],
    ['appended, in a list', 'A+=x\nB=(1 2)\nC[0]=1\necho $A ${B[@]} ${C[0]}', []],
    ['taken over', 'A="${A:-x}"\nB=${B}/bin\necho $A $B', ['A:1=', 'B:2']],
    ['exported only', 'export A B\necho $A', ['A:2']],
    ['loops', 'for A in 1 2; do echo $A; done\nselect B in 1; do echo $B; done', []],
    [
      'read',
      'while IFS= read -r A B; do echo $A $B; done\nread -p "x " C\nread -a D\nmapfile -t E < f\necho $C $D $E',
      [],
    ],
    ['getopts and printf', 'getopts "ab" A\nprintf -v B %s x\necho $A $B', []],
    ['an argument is no assignment', 'docker run -e A=$A --env B="$B" x', ['A:1', 'B:1']],
    ['a here-document', 'cat <<EOF\n$A it\'s "\nEOF\necho $B', ['A:2', 'B:4']],
    ['a literal here-document', `cat <<'EOF' > x\n$A\nEOF\ncat <<-"END"\n\t$B\n\tEND\necho $C <<< $D`, ['C:7', 'D:7']],
    ['a shift is no here-document', 'echo $((1 << 2))\necho $A', ['A:2']],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it.each([
    ['A="$(', 200_000],
    ['A=', 300_000],
    ['export ', 150_000],
    ["$'\\", 300_000],
    ['cat <<E\n', 100_000],
    ['read -p ', 100_000],
    ['x=${', 200_000],
  ])(
    'reads a hostile text in linear time: %s',
    (part, times) => {
      expect(shellReads(part.repeat(times))).toEqual([]);
    },
    20_000,
  );
});
