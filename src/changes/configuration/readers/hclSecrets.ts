import { isReference } from '../../../safety/credentialRule.ts';
import { isHarmless, namesCredential } from '../../../safety/namedRules.ts';
import { redactNamed } from '../../../safety/redact.ts';
import type { BlockSetting, ConfigurationBlock } from '../blockDifferences.ts';

/**
 * The blocks of Terraform with marks in the place of what only the block around tells to be a credential: the values of
 * resources such as `kubernetes_secret` and `aws_ssm_parameter`, and the defaults of `variable "secrets"`. What leads to a
 * value that is kept elsewhere, `var.password`, stays.
 */
export function withoutSecrets(block: ConfigurationBlock): ConfigurationBlock {
  const holds = secretsOf(block);
  return {
    ...block,
    settings:
      holds === undefined ? block.settings : block.settings.map((one) => (holds.test(one.name) ? hidden(one) : one)),
    blocks: block.blocks.map(withoutSecrets),
  };
}

const values =
  /^(?:values?|data|string_?data|binary_data|payload|secret_(?:string|data|binary|text)|(?:plaintext|encrypted)_value|data_json)(?:_wo)?(?:\.|$)/;
const defaults = /^default(?:\.|$)/;

/** Which settings of a block are credentials. */
function secretsOf({ kind, name, settings }: ConfigurationBlock): RegExp | undefined {
  const [type = '', called = ''] = name.slice(kind.length + 1).split('.');
  if (kind === 'variable')
    return namesCredential(type) || /(?:secrets|credentials|creds|passwords)$/.test(type) ? defaults : undefined;
  if (kind !== 'resource' || called === '') return undefined;
  if (/_secrets?(?:_|$)/.test(type)) return values;
  // A parameter may be a plain setting, when it says so.
  const isPlain = settings.some((one) => one.name === 'type' && /^"String(?:List)?"$/.test(one.value));
  return type === 'aws_ssm_parameter' && !isPlain ? values : undefined;
}

function hidden(setting: BlockSetting): BlockSetting {
  const { name, value, line } = setting;
  const bare = /^"(.*)"$/s.exec(value)?.[1] ?? value;
  const isElsewhere =
    isReference(bare) || /^[a-z_][\w-]*[.[][\w.*"[\]-]+$/i.test(value) || /^(?:file\w*|templatefile)\(/.test(value);
  return bare === '' || isHarmless(bare) || isElsewhere ? setting : { name, value: redactNamed(value), line };
}
