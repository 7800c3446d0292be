import type { Fact, FactReader } from '../facts.ts';

/** Where nginx and Apache write their access logs. */
export const serverLogFacts: FactReader = (path, text) => {
  if (!/(?:nginx|apache|httpd|sites-(?:available|enabled)|conf\.d)[^/]*(?:\/|\.conf$)|\.conf$/i.test(path)) return [];
  return text.split('\n').flatMap((row, index): Fact[] => {
    if (row.length > 500) return [];
    const [, nginx] = /^\s*access_log\s+([^\s;]+)/.exec(row) ?? [];
    const [, quoted, plain] = /^\s*CustomLog\s+(?:"([^"]+)"|(\S+))/i.exec(row) ?? [];
    const log = nginx ?? quoted ?? plain;
    const isFile = log !== undefined && /^\/[\w./-]{1,300}$/.test(log) && !log.startsWith('/dev/');
    return isFile ? [{ kind: 'accessLog', log, place: { path, line: index + 1 } }] : [];
  });
};
