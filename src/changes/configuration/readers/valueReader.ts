import { environmentValue } from './environmentValue.ts';
import { iniValue } from './iniValue.ts';
import { jsonValue } from './jsonValue.ts';
import type { LocatedValue } from './locatedValue.ts';
import { propertiesValue } from './propertiesValue.ts';
import { tomlValue } from './tomlValue.ts';
import { yamlFile } from './yamlFile.ts';

const readers: Readonly<Record<string, (text: string) => LocatedValue>> = {
  yaml: yamlFile,
  yml: yamlFile,
  json: jsonValue,
  jsonc: jsonValue,
  json5: jsonValue,
  toml: tomlValue,
  ini: iniValue,
  cfg: iniValue,
  properties: propertiesValue,
  env: environmentValue,
};

/** What reads a file of structured settings, by the ending of its name. */
export function valueReader(path: string): ((text: string) => LocatedValue) | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(readers, ending) ? readers[ending] : undefined;
}
