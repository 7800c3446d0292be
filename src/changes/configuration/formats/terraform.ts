import type { ConfigurationBlock } from '../blockDifferences.ts';
import { blockDifferences } from '../blockDifferences.ts';
import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import { readHcl } from '../readers/hclBlocks.ts';

/** Terraform, OpenTofu and Terragrunt: attributes by block and key, long texts by lines, provider locks by version. */
export const terraform: ConfigurationFormat = {
  kind: 'terraform',
  name: 'Terraform',
  fits: (path) =>
    /\.(?:tf|tofu|tfvars)$/.test(path) ||
    /(^|\/)(?:\.terraform\.lock\.hcl|terragrunt\.hcl|terragrunt\.stack\.hcl)$/.test(path),
  differences,
};

function differences({ path, before, after }: FileVersions): readonly Difference[] {
  const [was, is] = [before, after].map((text) => (text === undefined ? readHcl('') : readHcl(text)));
  if (was === undefined || is === undefined) return [];
  if (!path.endsWith('.terraform.lock.hcl')) return blockDifferences(was, is, subjectOf);
  return [...otherContent(was, is), ...blockDifferences(withoutHashes(was), withoutHashes(is), subjectOf)];
}

/** `resource aws_instance.web: root_block_device.volume_size` */
function subjectOf([first = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? first : `${first}: ${rest.join('.')}`;
}

/** Terraform adds hashes for other platforms; of the same version some always stay. */
function otherContent(was: ConfigurationBlock, is: ConfigurationBlock): readonly Difference[] {
  const earlier = new Map(was.blocks.map((block) => [block.name, block]));
  return is.blocks.flatMap((block): readonly Difference[] => {
    const before = earlier.get(block.name);
    const version = settingOf(block, 'version');
    const known = hashesOf(before);
    const isOther = known.size > 0 && hashesOf(block).size > 0 && ![...hashesOf(block)].some((hash) => known.has(hash));
    if (before === undefined || version !== settingOf(before, 'version') || !isOther) return [];
    return [
      {
        kind: 'told',
        text: `${block.name} ${version ?? ''}: same version, other content`,
        note: 'its hashes changed',
        line: block.line,
      },
    ];
  });
}

function settingOf(block: ConfigurationBlock, name: string): string | undefined {
  return block.settings.find((setting) => setting.name === name)?.value;
}

function hashesOf(block: ConfigurationBlock | undefined): ReadonlySet<string> {
  const text = block === undefined ? undefined : settingOf(block, 'hashes');
  return new Set([...(text ?? '').matchAll(/"([^"]{1,200})"/g)].map(([, hash = '']) => hash));
}

function withoutHashes(file: ConfigurationBlock): ConfigurationBlock {
  const blocks = file.blocks.map((block) => ({
    ...block,
    settings: block.settings.filter(({ name }) => name !== 'hashes'),
  }));
  return { ...file, blocks };
}
