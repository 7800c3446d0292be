import * as vscode from 'vscode';
import type { Secrets } from '../../incident/useCase.ts';

const keyOf = (name: string): string => `mayday.secret.${name}`;

/** Secrets in VS Code's SecretStorage, else in the environment; GitHub through VS Code's own sign-in. */
export function createSecrets(storage: vscode.SecretStorage): Secrets {
  return {
    get: async (name) => (await storage.get(keyOf(name))) ?? process.env[name],
    githubToken: async ({ ask = false } = {}) => {
      const how = ask ? { createIfNone: true } : { silent: true };
      try {
        return (await vscode.authentication.getSession('github', ['repo'], how))?.accessToken;
      } catch {
        return undefined; // The person said no, or this VS Code has no sign-in: what is public can still be asked.
      }
    },
  };
}

/** Keeps a secret on this machine; an empty one is forgotten. */
export async function keepSecret(storage: vscode.SecretStorage, name: string, value: string): Promise<void> {
  await (value === '' ? storage.delete(keyOf(name)) : storage.store(keyOf(name), value));
}
