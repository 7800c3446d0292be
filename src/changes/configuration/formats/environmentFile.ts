import type { ConfigurationFormat } from '../configurationFormat.ts';
import { environmentValue } from '../readers/environmentValue.ts';
import { comparedFile } from '../structure/comparedFile.ts';

const environmentName = /(?:^|\/)(?:\.(?:env|flaskenv)(?:\.[\w.-]+)?|[\w.-]+\.env)$/i;
/** Programs and documents about the environment. */
const noEnvironment = /\.(?:[cm]?[jt]sx?|py|rb|go|sh|md|ya?ml|json|vault|enc|gpg|age)$/i;
/** Files that only show which variables there are. */
const example = /\.(?:example|sample|template|dist|tmpl|defaults?)$|(?:^|\/)(?:example|sample)\.env$/i;

/** Environment files: `.env`, `.env.production`, `api.env`. */
export const environmentFile: ConfigurationFormat = {
  kind: 'environment',
  name: 'Environment file',
  fits: (path) => environmentName.test(path) && !noEnvironment.test(path),
  differences: (versions) =>
    comparedFile(versions, {
      read: environmentValue,
      subjectOf: ([name = '']) => `env ${name}`,
      noteOf: () => (example.test(versions.path) ? 'example' : undefined),
    }),
};
