import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import { looksLikeConfiguration } from '../classifyConfiguration.ts';
import type { Difference } from '../difference.ts';
import { iniFile, isIniFile } from '../readers/iniFile.ts';
import { valueReader } from '../readers/valueReader.ts';
import { comparedFile } from '../structure/comparedFile.ts';
import { textAt } from '../structure/valueAt.ts';

/** YAML, JSON, TOML and INI that hold settings of whatever reads them: told by their structure, which needs no name. */
export const structuredData: ConfigurationFormat = {
  kind: 'structured',
  name: 'Structured data',
  fits: (path, text) =>
    looksLikeConfiguration(path) &&
    (valueReader(path) !== undefined || (manyShapes.test(path) && text !== undefined && isIniFile(text))),
  differences,
};

/** Of these only some are INI: `my.cnf`, `supervisord.conf`, `postgresql.conf`. */
const manyShapes = /\.(?:conf|cnf)$/i;

function differences(versions: FileVersions): readonly Difference[] {
  return comparedFile(versions, {
    read: valueReader(versions.path) ?? iniFile,
    // Prometheus: alerts and recorded series in one list.
    identityOf: (names, member) =>
      names.at(-1) === 'rules' ? (textAt(member, 'alert') ?? textAt(member, 'record')) : undefined,
    // As CloudFormation and ECS write them; others are tried after these.
    keyOf: (names) => (names.at(-1) === 'Tags' ? 'Key' : 'Name'),
  });
}
