import { format, resolveConfig } from 'prettier';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationJsonSchema } from '../../../src/config/jsonSchema.ts';

const path = join(import.meta.dirname, '../../../media/mayday.schema.json');

describe('media/mayday.schema.json', () => {
  it('is what the zod schema says (vitest run --dir test/unit/config -u writes it)', async () => {
    const options = await resolveConfig(path);
    const text = await format(JSON.stringify(configurationJsonSchema()), { ...options, parser: 'json' });
    await expect(text).toMatchFileSnapshot(path);
  });
});
