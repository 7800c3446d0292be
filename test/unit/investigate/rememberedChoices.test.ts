import { describe, expect, it } from 'vitest';
import { toIncidentId } from '../../../src/incident/ids.ts';
import { createRememberedChoices } from '../../../src/investigate/window/rememberedChoices.ts';
import { choiceMemory } from '../../support/builders/choiceMemory.ts';
import { monday, ulidOf } from '../../support/builders/events.ts';

const incident = (number: number) => toIncidentId(ulidOf(monday, number))!;

describe('the change windows that people chose', () => {
  it.each([
    { kind: 'minutes', minutes: 1440 },
    { kind: 'lastDeploy' },
    { kind: 'lastGood' },
    { kind: 'commit', commit: 'abc123' },
  ] as const)('are there after a reload: $kind', async (choice) => {
    const memory = choiceMemory();
    await createRememberedChoices(memory).set(incident(1), choice);
    const stored = choiceMemory(JSON.parse(JSON.stringify(memory.read())) as Record<string, unknown>);
    expect(createRememberedChoices(stored).get(incident(1))).toEqual(choice);
    expect(createRememberedChoices(stored).get(incident(2))).toBeUndefined();
  });

  it.each([null, 7, 'lastDeploy', { kind: 'minutes', minutes: -5 }, { kind: 'later' }, { kind: 'commit', commit: '' }])(
    'are not taken from what another version wrote: %j',
    (written) => {
      expect(createRememberedChoices(choiceMemory({ [incident(1)]: written })).get(incident(1))).toBeUndefined();
    },
  );

  it('are forgotten of the oldest where there are many', async () => {
    const memory = choiceMemory();
    const choices = createRememberedChoices(memory);
    for (let number = 0; number < 60; number++) await choices.set(incident(number), { kind: 'lastDeploy' });
    expect(Object.keys(memory.read())).toHaveLength(50);
    expect(choices.get(incident(9))).toBeUndefined();
    expect(choices.get(incident(59))).toEqual({ kind: 'lastDeploy' });
  });
});
