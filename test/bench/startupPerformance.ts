import { eventually } from '../e2e/pages/eventually.ts';
import type { Workbench } from '../e2e/pages/workbench.ts';

/** What VS Code itself says that an extension's activation took, in whole milliseconds. */
export interface ActivationTimes {
  /** Loading the code of the entry with everything it imports. */
  readonly loadMs: number;
  /** `activate()` until it returned. */
  readonly callMs: number;
  /** From the call of `activate()` until its promise resolved, other work of the thread included. */
  readonly finishMs: number;
}

/** Reads an extension's row in the document that *Developer: Startup Performance* opens. */
export async function readActivationTimes(workbench: Workbench, extensionId: string): Promise<ActivationTimes> {
  await workbench.runCommand('Developer: Startup Performance');
  await workbench.editors.waitForActive('Startup Performance');
  return eventually(`the activation of ${extensionId}`, async () => {
    const text = await workbench.editors.text();
    // | extension | eager | load | call | finish | event | by |
    const [, , , load, call, finish] = cellsOf(text.split('\n').find((line) => cellsOf(line)[1] === extensionId) ?? '');
    if (load === undefined || call === undefined || finish === undefined) return undefined;
    return { loadMs: Number(load), callMs: Number(call), finishMs: Number(finish) };
  });
}

function cellsOf(line: string): readonly string[] {
  return line.split('|').map((cell) => cell.trim());
}
