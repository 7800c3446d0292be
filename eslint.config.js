import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const outside = ['simple-git', 'axios', 'child_process', 'node:child_process'];
const steps = ['respond', 'investigate', 'mitigate', 'communicate', 'verify', 'learn', 'drill'];
const shared = ['config', 'journal', 'changes', 'signals', 'documents'];

/** A rule set for the files of one layer: which modules and which sibling folders they may not import. */
function layer(files, { vscode = false, outsideWorld = false, folders = [] }) {
  const paths = [
    ...(vscode
      ? []
      : [{ name: 'vscode', allowTypeImports: false, message: 'Only editor/ and extension.ts know VS Code.' }]),
    ...(outsideWorld ? [] : outside.map((name) => ({ name, message: 'Only connect/ reaches the outside world.' }))),
  ];
  const patterns = folders.length
    ? [
        {
          regex: `^(\\.\\./)+(${folders.join('|')})(/|\\.ts$)`,
          message: 'Against the direction of imports; see CONTRIBUTING.md.',
        },
      ]
    : [];
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }] } };
}

const upper = [...steps, 'connect', 'editor', 'services', 'extension'];

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'node_modules/', 'coverage/', 'templates/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }],
      // Interfaces here are records of functions: nothing has a `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      'max-lines': ['error', { max: 400 }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  layer(['src/incident/**', 'src/safety/**'], { folders: [...shared, ...upper] }),
  layer(['src/{config,journal,changes,signals,documents}/**'], { folders: upper }),
  ...steps.map((step) =>
    layer([`src/${step}/**`], {
      folders: [...steps.filter((other) => other !== step), 'connect', 'editor', 'services', 'extension'],
    }),
  ),
  layer(['src/connect/**'], { outsideWorld: true, folders: ['editor', 'services', 'extension'] }),
  layer(['src/editor/**'], { vscode: true, folders: ['services', 'extension'] }),
  layer(['src/services.ts'], { folders: ['editor'] }),
  // What it joins is its type: editor/ says what it needs of it, and extension.ts holds the two together.
  { files: ['src/services.ts'], rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' } },
  layer(['src/extension.ts', 'src/contributions.ts'], { vscode: true }),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      'no-console': 'off',
      'max-lines': ['error', { max: 600 }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', setTimeout: 'readonly', URL: 'readonly' } },
  },
);
