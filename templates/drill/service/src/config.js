import { readFileSync } from 'node:fs';

const production = new URL('../config/production.yaml', import.meta.url);

/** Reads the part of YAML that config/ uses: sections of `key: value`, and comments. */
export function readConfig(file = production) {
  const config = {};
  let section;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, indent, key, value] = /^( *)([A-Za-z]+): *([^#]*?) *(?:#.*)?$/.exec(line) ?? [];
    if (key === undefined) continue;
    if (indent === '') section = config[key] = {};
    else section[key] = toValue(value);
  }
  return config;
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Durations (`300ms`, `30s`, `2h`) become milliseconds, digits a number, the rest stays text. */
function toValue(text) {
  const [, amount, unit] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  if (unit !== undefined) return Number(amount) * units[unit];
  return /^\d+$/.test(text) ? Number(text) : text;
}
