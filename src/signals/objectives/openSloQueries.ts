import type { Objective } from '../../config/signalConfiguration.ts';
import type { OpenSloDocument } from './openSloDocuments.ts';
import { isRecord, textAt, valueAt } from './openSloDocuments.ts';
import { windowedQuery } from './promqlWindow.ts';
import type { FileProblem } from './teamFiles.ts';

type Path = readonly (string | number)[];
type Queries = Pick<Extract<Objective, { kind: 'queries' }>, 'kind' | 'bad' | 'good' | 'total'>;
type Problem = { readonly kind: 'problem' } & FileProblem;

/** An indicator's spec, and the document it is in. */
interface Indicator {
  readonly kind: 'indicator';
  readonly document: OpenSloDocument;
  readonly at: Path;
}

/**
 * The PromQL of an objective's indicator, with `$window` in it: the objective's own, or the one of its SLO, written there or in an
 * SLI of the same files. A message goes on from the objective's name.
 */
export function openSloQueries(
  slo: OpenSloDocument,
  objective: Path,
  documents: readonly OpenSloDocument[],
): Queries | Problem {
  const indicator = indicatorAt(slo, objective, documents) ?? indicatorAt(slo, ['spec'], documents);
  if (indicator === undefined) return problemAt(slo, ['spec'], 'has no indicator.');
  if (indicator.kind === 'problem') return indicator;
  const { document, at } = indicator;
  const spec = valueAt(document.value, at);
  if (valueAt(spec, ['thresholdMetric']) !== undefined) {
    return problemAt(
      document,
      [...at, 'thresholdMetric'],
      'is not computed: its indicator is a thresholdMetric, no ratio.',
    );
  }
  const ratio = [...at, 'ratioMetric'];
  if (!isRecord(valueAt(document.value, ratio)))
    return problemAt(document, at, 'has an indicator without ratioMetric.');
  return ratioQueries(document, ratio, documents);
}

function indicatorAt(
  slo: OpenSloDocument,
  at: Path,
  documents: readonly OpenSloDocument[],
): Indicator | Problem | undefined {
  const inline = [...at, 'indicator', 'spec'];
  if (isRecord(valueAt(slo.value, inline))) return { kind: 'indicator', document: slo, at: inline };
  const reference = textAt(slo.value, [...at, 'indicatorRef']);
  if (reference === undefined) return undefined;
  const document = named(documents, 'SLI', reference);
  if (document !== undefined) return { kind: 'indicator', document, at: ['spec'] };
  return problemAt(slo, [...at, 'indicatorRef'], `refers to the SLI ${reference}, which is in none of the files.`);
}

function ratioQueries(document: OpenSloDocument, at: Path, documents: readonly OpenSloDocument[]): Queries | Problem {
  const ratio = valueAt(document.value, at);
  if (valueAt(ratio, ['raw']) !== undefined) {
    return problemAt(document, [...at, 'raw'], 'is not computed: raw is a ratio already, which has no windows.');
  }
  const count = valueAt(ratio, ['bad']) === undefined ? 'good' : 'bad';
  const isCounter = valueAt(ratio, ['counter']) !== false;
  const [total, counted] = ['total', count].map((name) => metricQuery(document, [...at, name], isCounter, documents));
  if (total === undefined || counted === undefined) return problemAt(document, at, 'has no metrics.');
  if (typeof total !== 'string') return total;
  if (typeof counted !== 'string') return counted;
  return count === 'bad' ? { kind: 'queries', bad: counted, total } : { kind: 'queries', good: counted, total };
}

function metricQuery(
  document: OpenSloDocument,
  at: Path,
  isCounter: boolean,
  documents: readonly OpenSloDocument[],
): string | Problem {
  const name = String(at.at(-1));
  const source = valueAt(document.value, [...at, 'metricSource']);
  if (!isRecord(source)) return problemAt(document, at, `has no metricSource for ${name}.`);
  const reference = textAt(source, ['metricSourceRef']);
  const referred = reference === undefined ? undefined : named(documents, 'DataSource', reference);
  const type = textAt(source, ['type']) ?? textAt(referred?.value, ['spec', 'type']) ?? 'prometheus';
  const here = [...at, 'metricSource'];
  if (type.toLowerCase() !== 'prometheus') {
    return problemAt(
      document,
      [...here, 'type'],
      `is not computed: ${name} is asked of ${type}, and only Prometheus is.`,
    );
  }
  const query = textAt(source, ['spec', 'query']);
  if (query === undefined) return problemAt(document, here, `has no query for ${name}.`);
  const windowed = windowedQuery(query, { isCounter });
  if (windowed.kind === 'query') return windowed.query;
  return problemAt(document, [...here, 'spec', 'query'], `is not computed: its query for ${name} ${windowed.problem}.`);
}

function named(documents: readonly OpenSloDocument[], kind: string, name: string): OpenSloDocument | undefined {
  return documents.find((one) => one.kind === kind && textAt(one.value, ['metadata', 'name']) === name);
}

function problemAt({ path, lineOf }: OpenSloDocument, at: Path, message: string): Problem {
  return { kind: 'problem', path, line: lineOf(at), message };
}
