/** As much of JSON Schema as the schema of mayday.yaml uses. */
export interface JsonSchema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
}

/** What may stand at a path, one schema per form; `[]` in the path is an item of a list. Empty where nothing is known. */
export function schemasAt(schema: JsonSchema, path: readonly string[]): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (parents, key) => parents.flatMap((one) => forms(childOf(one, key))),
    forms(schema),
  );
}

/** The description of what stands at a path: its own, or that of the choice it is one form of. */
export function descriptionAt(schema: JsonSchema, path: readonly string[]): string | undefined {
  const key = path.at(-1);
  if (key === undefined) return schema.description;
  const found = schemasAt(schema, path.slice(0, -1)).flatMap((parent) => childOf(parent, key) ?? []);
  const own = found.find(({ description }) => description !== undefined)?.description;
  return own ?? found.flatMap((one) => forms(one)).find(({ description }) => description !== undefined)?.description;
}

function childOf({ properties, additionalProperties, items }: JsonSchema, key: string): JsonSchema | undefined {
  if (key === '[]') return items;
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

function forms(schema: JsonSchema | undefined): readonly JsonSchema[] {
  if (schema === undefined) return [];
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return choices.length === 0 ? [schema] : choices.flatMap(forms);
}
