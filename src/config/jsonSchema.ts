import * as z from 'zod';
import { configurationSchema } from './configurationSchema.ts';

/** The schema of `mayday.yaml` for completion in editors: what a person writes, before it is normalised. */
export function configurationJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-7' });
  return {
    ...schema,
    title: 'Mayday',
    description: 'How a team handles incidents: .incidents/mayday.yaml. Everything is optional.',
  };
}
