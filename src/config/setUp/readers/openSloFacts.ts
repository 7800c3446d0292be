import { yamlDocuments } from '../../../changes/configuration/readers/yamlDocuments.ts';
import { textAt } from '../../../changes/configuration/structure/valueAt.ts';
import type { FactReader } from '../facts.ts';

/** OpenSLO's files of objectives, with the service that they name. */
export const openSloFacts: FactReader = (path, text) => {
  if (!/^[ \t]*apiVersion:[ \t]*["']?openslo\//m.test(text)) return [];
  const objective = yamlDocuments(text).find(
    ({ value }) => textAt(value, 'kind') === 'SLO' && textAt(value, 'apiVersion')?.startsWith('openslo/') === true,
  );
  if (objective === undefined) return [];
  const { value, lineOf } = objective;
  return [{ kind: 'openslo', service: textAt(value, 'spec', 'service'), place: { path, line: lineOf(['kind']) } }];
};
