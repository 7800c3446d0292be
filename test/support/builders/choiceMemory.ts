import type { ChoiceMemory } from '../../../src/investigate/window/rememberedChoices.ts';

/** A memory of a workspace that lasts as long as it is held. */
export function choiceMemory(known: Readonly<Record<string, unknown>> = {}): ChoiceMemory {
  let choices = known;
  return {
    read: () => choices,
    write: (next) => {
      choices = next;
      return Promise.resolve();
    },
  };
}
