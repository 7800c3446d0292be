export declare const projectRoot: string;

export declare class MissingRequirement extends Error {}

export declare function installedProgram(name: string): string;

export declare function toolEnvironment(): NodeJS.ProcessEnv;

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly quiet?: boolean;
}

export declare function run(
  file: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<{ readonly code: number; readonly output: string }>;
