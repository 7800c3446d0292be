import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addressesOf } from '../../src/config/outsideAddresses.ts';
import { parseConfiguration } from '../../src/config/parseConfiguration.ts';
import { signalAddressesOf, signalSecretsOf } from '../../src/config/signalAddresses.ts';
import { projectRoot } from '../support/run.mjs';

const readme = await readFile(join(projectRoot, 'README.md'), 'utf8');

describe('README', () => {
  const examples = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

  it('shows a mayday.yaml that is right', () => {
    expect(examples).toHaveLength(1);
    expect(examples.map((text) => parseConfiguration(text, 'Etc/UTC').diagnostics)).toEqual([[]]);
  });

  it('shows in it every key that is read of the file, of a service, and of the servers', async () => {
    const schema = JSON.parse(await readFile(join(projectRoot, 'media/mayday.schema.json'), 'utf8')) as Schema;
    const [example] = examples.map((text) => parse(text) as Example);
    const { services, dataSources } = schema.properties ?? {};
    expect(unnamed(schema, example)).toEqual([]);
    expect(unnamed(services?.additionalProperties, example?.services['checkout'])).toEqual([]);
    expect(unnamed(dataSources, example?.dataSources)).toEqual([]);
  });

  it('shows in it every kind of address that Mayday asks, and of all only names of secrets', () => {
    const [shown] = examples.flatMap((text) => parseConfiguration(text, 'Etc/UTC').configuration ?? []);
    const asked = shown === undefined ? [] : [...addressesOf(shown.services), ...signalAddressesOf(shown)];
    expect([...new Set(asked.map(({ kind }) => kind))].sort()).toEqual([
      'endpoint',
      'github',
      'host',
      'kubernetes',
      'tcp',
      'version',
    ]);
    expect(shown && signalSecretsOf(shown)).toEqual(['ALERTS_TOKEN', 'PAGERDUTY_TOKEN']);
  });

  it('shows pictures that are there', async () => {
    const pictures = [...readme.matchAll(/^!\[[^\]]+\]\(([^)]+)\)$/gm)].map(([, path = '']) => path);
    expect(pictures.length).toBeGreaterThan(5);
    for (const path of pictures) expect((await stat(join(projectRoot, path))).size).toBeGreaterThan(1000);
  });

  it('names every setting', async () => {
    const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
      contributes: { configuration: readonly { properties: Record<string, unknown> }[] };
    };
    const settings = manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    expect(settings.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

interface Example {
  readonly services: Readonly<Record<string, object>>;
  readonly dataSources: object;
}

/** The keys of a schema that an example leaves out; what later versions read has an empty schema. */
function unnamed({ properties = {} }: Schema = {}, example: object = {}): readonly string[] {
  const read = Object.keys(properties).filter((key) => Object.keys(properties[key] ?? {}).length > 0);
  return read.length === 0 ? ['nothing is read'] : read.filter((key) => !Object.hasOwn(example, key));
}
