import { readFileSync } from 'node:fs';

const flagsFile = new URL('../config/flags.json', import.meta.url);

/** Reads config/flags.json (flagd's format) and answers whether a flag is on. */
export function readFlags(file = flagsFile) {
  const { flags } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    isOn(name) {
      const flag = flags[name];
      return flag?.state === 'ENABLED' && flag.variants[flag.defaultVariant] === true;
    },
  };
}
