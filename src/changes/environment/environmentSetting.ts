import { isSetForDeployment } from './settingForDeployment.ts';
import { codePattern } from './settingInCode.ts';

/**
 * What a place that sets a variable reaches: what runs (`set`), only the build of an image, only CI, only a developer's
 * machine or tests, or nobody (`documented`: an example or a text). `code`: the program sets it itself.
 */
export type SettingReach = 'set' | 'code' | 'build' | 'ci' | 'local' | 'documented';

/** A place that sets a variable. What it sets it to is not kept: it may be a credential. */
export interface EnvironmentSetting {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly reach: SettingReach;
}

/** How a kind of file sets a variable: patterns in which `NAME` stands for its name. */
interface Kind {
  readonly path: RegExp;
  readonly sets: readonly string[];
  /** Pattern of lines that are comments. */
  readonly comment?: RegExp;
  readonly reach?: SettingReach;
}

const hash = /^\s*(?:#|;)/;
const slashes = /^\s*(?:\/\/|\/?\*|#)/;
const shellSets = [
  String.raw`(?:^|[\s;&|("'])NAME\+?=`,
  String.raw`\bexport\s+NAME\s*$`,
  String.raw`(?:-e|--env|--build-arg)[= ]+["']?NAME\b`,
];

/** The first kind whose path fits counts. */
const kinds: readonly Kind[] = [
  { path: /\.(?:md|mdx|rst|adoc|txt|html?)$|(?:^|\/)(?:docs?|examples?)\//i, sets: ['NAME'], reach: 'documented' },
  {
    path: /(?:^|\/)(?:env|[^/]*\.env)[^/]*\.(?:example|sample|template|tmpl|tpl|dist|defaults?|schema)$|(?:^|\/)(?:example|sample|template)[^/]*\.env$/i,
    sets: [String.raw`^\s*#?\s*(?:export\s+)?NAME\b`],
    reach: 'documented',
  },
  {
    path: /(?:^|\/)env$|\.env(?:\.[^/]*)?$|(?:^|\/)\.(?:envrc|flaskenv)$/i,
    sets: [String.raw`^\s*(?:export\s+)?NAME\s*[=:]`],
    comment: hash,
  },
  {
    path: /(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$|\.(?:dockerfile|containerfile)$/i,
    sets: [String.raw`^\s*ENV\s+(?:.*\s)?NAME[= ]`, String.raw`^\s+NAME=`, String.raw`^\s*ARG\s+NAME\b`],
    comment: hash,
  },
  {
    path: /\.ya?ml(?:\.[a-z0-9]+)?$|\.(?:tpl|gotmpl)$/i,
    sets: [
      String.raw`(?:^|[{,])\s*(?:-\s+)?["']?NAME["']?\s*:`,
      String.raw`^\s*-\s+["']?NAME(?:=|["']?\s*(?:#.*)?$)`,
      String.raw`(?:\b(?:name|secretKey|envVar|variable)|^\s*-\s+key)\s*:\s*["']?NAME["']?\s*(?:[,}#]|$)`,
      String.raw`(?:^|[\s"'])(?:export\s+|-e\s+)?NAME=`,
    ],
    comment: hash,
  },
  {
    path: /\.(?:jsonc?|json5)$/i,
    sets: [String.raw`"NAME"\s*:`, String.raw`"(?:name|Name|key|Key)"\s*:\s*"NAME"`, String.raw`(?:^|[\s"'])NAME=`],
    comment: slashes,
  },
  {
    path: /\.(?:tf|tfvars|hcl|nomad|bicep)$/i,
    sets: [String.raw`(?:^|[{,(])\s*"?NAME"?\s*[=:](?!=)`, String.raw`\b(?:name|key)\s*[=:]\s*["']NAME["']`],
    comment: slashes,
  },
  { path: /\.toml$/i, sets: [String.raw`(?:^|[{,])\s*"?NAME"?\s*=`], comment: hash },
  {
    path: /\.(?:service|conf|ini|cfg|properties|timer|socket|container)(?:\.[a-z0-9]+)?$|(?:^|\/)supervisord?[^/]*$/i,
    sets: [String.raw`(?:^|[\s"',=])NAME\s*=`, String.raw`\bEnvironment=.*\bNAME=`, String.raw`^\s*env\s+NAME\b`],
    comment: hash,
  },
  {
    path: /(?:^|\/)(?:Procfile|Justfile|Makefile|GNUmakefile|Jenkinsfile|Caddyfile|Tiltfile|Vagrantfile)[^/]*$|\.(?:mk|groovy|nix)$/i,
    sets: [...shellSets, String.raw`^\s*(?:export\s+)?NAME\s*[:?+]?=`],
    comment: slashes,
  },
  {
    path: /\.(?:sh|bash|zsh|ksh|fish|bats|ps1|cmd|bat)$/i,
    sets: [...shellSets, String.raw`\bset\s+(?:-\w+\s+)*NAME\b`, String.raw`\$env:NAME\s*=`],
    comment: hash,
  },
];

const forCi =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.buildkite|\.woodpecker|\.drone|ci)\/|(?:^|\/)(?:\.gitlab-ci[^/]*|\.travis|\.drone|azure-pipelines[^/]*|bitbucket-pipelines|appveyor|cloudbuild|Jenkinsfile)(?:\.ya?ml)?$/i;
const forDevelopers =
  /(?:^|\/)(?:tests?|__tests__|spec|e2e|fixtures|testdata|\.devcontainer|\.vscode|\.idea)\/|\.env(?:\.[^/]*)?\.?(?:local|test|testing|dev|development|ci)$|(?:compose|docker-compose)[^/]*[.-](?:override|dev|development|test|local|ci)\.ya?ml$|(?:^|\/)(?:Tiltfile|Vagrantfile|\.envrc)$|(?:^|\/)jest\.|_test\.|\.test\./i;

/** How far a line of a file sets a variable; undefined where it does not, and in kinds of files that set none. */
export function settingReach(path: string, line: string, name: string): SettingReach | undefined {
  if (isSetForDeployment(path, line, name)) return forDevelopers.test(path) ? 'local' : 'set';
  const inCode = codePattern(path, name);
  if (inCode !== undefined) {
    if (!inCode.test(line)) return undefined;
    return forDevelopers.test(path) ? 'local' : 'code';
  }
  const kind = kinds.find((candidate) => candidate.path.test(path)) ?? script(path);
  if (kind === undefined || kind.comment?.test(line)) return undefined;
  if (!kind.sets.some((pattern) => new RegExp(pattern.replace('NAME', name)).test(line))) return undefined;
  if (kind.reach !== undefined) return kind.reach;
  if (forCi.test(path)) return 'ci';
  if (forDevelopers.test(path)) return 'local';
  return /^\s*ARG\s/.test(line) ? 'build' : 'set';
}

/** A file without an ending may be a script. */
function script(path: string): Kind | undefined {
  return /(?:^|\/)[a-z][\w-]*$/.test(path) ? { path: /$/, sets: shellSets, comment: hash } : undefined;
}
