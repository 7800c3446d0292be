import type { Fact, FactReader } from '../facts.ts';

const program = /\.(?:[cm]?[jt]sx?|py|go|java|kt|rb|rs|cs|php)$/;
const test =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|mocks?|fixtures|examples?)\/|[._-](?:test|spec)\.\w+$|_test\.go$|(?:^|\/)test_/i;
/** Paths under which programs tell how they are. */
const healthPath =
  /^\/(?:(?:api|internal|_|-)\/)?(?:v\d\/)?(?:health(?:z|check|y)?(?:\/(?:live|ready|liveness|readiness|startup))?|ready|readyz|live|livez|alive|healthz\/(?:live|ready))$/;
/** A text in quotes that begins a path, after the method in tables of routes: `'GET /health/live'`. */
const quotedPath = /(["'`])(?:(?:GET|HEAD|ANY) )?(\/[\w/-]{1,60})\1/g;
/** How frameworks write that something answers at a path. */
const route =
  /\.(?:get|head|all|use|route|add_url_rule|add_route|add_api_route|handle|handlefunc|any|mapget|maphealthchecks|methodfunc)\s*\(|@\w*\.?(?:get|route|api_route|requestmapping|getmapping|path|httpget)\b|\b(?:path|re_path|route|get|url)\s*[(:]\s*["'`]|\bget\s+["'`]|["'`](?:GET|ANY) \/|\b(?:pathname|url|path)\s*===?\s*["'`]|Route::get/i;
/** Who asks others does not answer. */
const client = /\b(?:axios|fetch|requests|httpx|supertest|urllib|superagent|got|http\.Get|client|RestTemplate|curl)\b/i;
const longestRow = 500;

/** Health and metrics routes in programs: Express, Fastify, Koa, Flask, FastAPI, Spring, Go's net/http, chi, gin and their kin. */
export const routeFacts: FactReader = (path, text) => {
  if (!program.test(path) || test.test(path) || !/health|ready|live|metrics/i.test(text)) return [];
  return text.split('\n').flatMap((row, index) => {
    if (row.length > longestRow || !route.test(row) || client.test(row) || /^\s*(?:\/\/|#|\*)/.test(row)) return [];
    return [...row.matchAll(quotedPath)].flatMap(([, , at = '']) => factOf(at, { path, line: index + 1 }));
  });
};

function factOf(at: string, place: Fact['place']): readonly Fact[] {
  if (healthPath.test(at)) return [{ kind: 'health', path: at, by: 'route', place }];
  return at === '/metrics' ? [{ kind: 'metrics', path: at, place }] : [];
}
