import * as z from 'zod';
import type { IncidentId } from '../../incident/ids.ts';
import type { WindowChoice } from './changeWindow.ts';

/** Where what people chose is kept for this workspace, over a reload. What is read there may be of another version. */
export interface ChoiceMemory {
  read(): Readonly<Record<string, unknown>>;
  write(choices: Readonly<Record<string, unknown>>): Promise<void>;
}

/** The change windows that people chose, by incident. */
export interface RememberedChoices {
  get(id: IncidentId): WindowChoice | undefined;
  set(id: IncidentId, choice: WindowChoice): Promise<void>;
}

/** Those of incidents long ended go when there are more. */
const most = 50;

const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('minutes'), minutes: z.number().positive() }),
  z.object({ kind: z.literal('lastDeploy') }),
  z.object({ kind: z.literal('lastGood') }),
  z.object({ kind: z.literal('commit'), commit: z.string().min(1) }),
]);

export function createRememberedChoices(memory: ChoiceMemory): RememberedChoices {
  return {
    get: (id) => {
      const parsed = shape.safeParse(memory.read()[id]);
      return parsed.success ? parsed.data : undefined;
    },
    set: async (id, choice) => {
      const others = Object.entries(memory.read()).filter(([other]) => other !== id);
      const all: readonly (readonly [string, unknown])[] = [...others, [id, choice]];
      await memory.write(Object.fromEntries(all.slice(-most)));
    },
  };
}
