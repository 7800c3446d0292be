import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { atMost } from '../../../../src/signals/infrastructure/atMost.ts';

it('lets no more through at once than it may, and everybody in the end, whoever fails', async () => {
  const plan = fc.array(fc.boolean(), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), plan, async (limit, failures) => {
      const gate = atMost(limit);
      let [under, most] = [0, 0];
      const done = await Promise.allSettled(
        failures.map((fails, index) =>
          gate(async () => {
            most = Math.max(most, (under += 1));
            await Promise.resolve();
            under -= 1;
            if (fails) throw new Error('failed');
            return index;
          }),
        ),
      );
      expect(most).toBe(Math.min(limit, failures.length));
      expect(done.map(({ status }) => status === 'rejected')).toEqual(failures);
      expect(await gate(() => Promise.resolve('open'))).toBe('open');
    }),
  );
});
