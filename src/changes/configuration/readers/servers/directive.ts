import type { BlockSetting, ConfigurationBlock } from '../../blockDifferences.ts';
import { UnreadableConfiguration } from '../../configurationFormat.ts';

/** Deeper files are no configuration of a server. */
export const deepestBlock = 40;

/** A block while it is read. */
export interface OpenBlock {
  readonly words: readonly string[];
  readonly line: number;
  readonly settings: BlockSetting[];
  readonly blocks: ConfigurationBlock[];
}

/** An open block that begins with `words` at `line`. */
export function openBlock(words: readonly string[], line: number): OpenBlock {
  return { words, line, settings: [], blocks: [] };
}

/**
 * A directive as a setting. Where `isKeyed` its first argument is part of its name, so that several of them stand beside
 * each other: `proxy_set_header Host`, `server 10.0.0.4:80` of an upstream.
 */
export function directive(words: readonly string[], line: number, isKeyed: boolean): BlockSetting {
  const [name = '', first, ...rest] = words;
  if (isKeyed && first !== undefined) return { name: `${name} ${first}`, value: rest.join(' '), line };
  return { name, value: words.slice(1).join(' '), line };
}

/** A setting as a member of a list in which order decides; `list` undefined: of none. */
export function listed(setting: BlockSetting, list: string | undefined): BlockSetting {
  return list === undefined ? setting : { ...setting, list };
}

/** Closes `block`; `named` tells how it is called, what tells it from others of that name, and in which list order decides. */
export function closed(
  block: OpenBlock,
  named: { readonly name: string; readonly hint?: string; readonly list?: string },
): ConfigurationBlock {
  const { settings, blocks, line, words } = block;
  return { kind: words[0] ?? '', hint: '', settings, blocks, line, ...named };
}

/** The value of the first setting with a name. */
export function valueOf(block: OpenBlock, name: string): string | undefined {
  return block.settings.find((setting) => setting.name.toLowerCase() === name.toLowerCase())?.value;
}

/** Throws UnreadableConfiguration for `line`. */
export function unreadable(line: number, why: string): never {
  throw new UnreadableConfiguration(`line ${line}: ${why}`);
}
