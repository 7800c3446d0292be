/** Made by esbuild.js: how to load each test/integration/*.test.ts, by file name. */
declare module 'mayday:suites' {
  export const suites: Readonly<Record<string, () => Promise<unknown>>>;
}
