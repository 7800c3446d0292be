import type { DeployedSources, GithubDeployment } from '../changes/deployed/deployedSources.ts';
import { listAt, numberAt, textAt } from '../changes/deployed/jsonFields.ts';
import type { GithubDeployments } from '../config/serviceConfiguration.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { hourMs, isoTimeOf, plusMs, toIsoTime } from '../incident/isoTime.ts';
import { isGithubRepository } from '../safety/outsideNames.ts';
import type { Http } from './http.ts';
import { isHttpError } from './httpError.ts';

/** What reading GitHub needs. */
export interface GithubTools {
  readonly http: Http;
  /** A token of the person's account; undefined when they are not signed in. */
  readonly token: () => Promise<string | undefined>;
  /** Without a slash at the end. */
  readonly baseUrl?: string;
}

/** So many deployments are looked at; each is a request of its own. */
const most = 30;
const atOnce = 5;

/** GitHub's REST API, version 2022-11-28. Throws IncidentError `outside`, `invalidArgument`, `cancelled`. */
export function createGithub(tools: GithubTools): DeployedSources['github'] {
  return {
    deployments: async (source, { since, isEnough = () => false, signal }) => {
      if (!isGithubRepository(source.repository)) {
        throw new IncidentError('invalidArgument', 'A repository of GitHub is written owner/name.');
      }
      const get = reader(tools, source, signal);
      const environment = encodeURIComponent(source.environment ?? 'production');
      const listed = deploymentsIn(await get(`deployments?environment=${environment}&per_page=${most}`));
      // One that began before may have reached production after.
      const wanted = listed.filter(({ createdAt }) => since === undefined || createdAt >= plusMs(since, -hourMs));
      const found: GithubDeployment[] = [];
      for (let first = 0; first < wanted.length; first += atOnce) {
        const some = wanted.slice(first, first + atOnce);
        const read = some.map(async (deployment) => ({
          ...deployment,
          statuses: statusesIn(await get(`deployments/${String(deployment.id)}/statuses?per_page=${most}`)),
        }));
        found.push(...(await Promise.all(read)));
        if (found.some(isEnough)) break;
      }
      return found;
    },
  };
}

type Read = (path: string) => Promise<unknown>;

function reader(
  { http, token, baseUrl = 'https://api.github.com' }: GithubTools,
  source: GithubDeployments,
  signal: AbortSignal,
): Read {
  const secret = token();
  return async (path) => {
    const bearer = await secret;
    try {
      const answer = await http.json({
        url: `${baseUrl}/repos/${source.repository}/${path}`,
        headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
        ...(bearer === undefined ? {} : { credentials: { authorization: `Bearer ${bearer}` } }),
        signal,
      });
      return answer.value;
    } catch (error) {
      throw failureOf(error, source, bearer !== undefined);
    }
  };
}

function deploymentsIn(value: unknown): readonly Omit<GithubDeployment, 'statuses'>[] {
  return listAt({ value }, 'value')
    .flatMap((one) => {
      const [id, sha, createdAt] = [numberAt(one, 'id'), textAt(one, 'sha'), timeAt(one)];
      const isWhole =
        id !== undefined && Number.isSafeInteger(id) && sha !== undefined && /^[0-9a-f]{40,64}$/.test(sha);
      if (!isWhole || createdAt === undefined) return [];
      return [{ id, sha, createdAt, environment: textAt(one, 'environment') ?? '' }];
    })
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : b.id - a.id));
}

function statusesIn(value: unknown): GithubDeployment['statuses'] {
  return listAt({ value }, 'value').flatMap((one) => {
    const [state, createdAt] = [textAt(one, 'state'), timeAt(one)];
    return state === undefined || createdAt === undefined ? [] : [{ state, createdAt }];
  });
}

/** GitHub writes times without milliseconds. */
function timeAt(value: unknown): IsoTime | undefined {
  const text = textAt(value, 'created_at');
  return text === undefined ? undefined : toIsoTime(text);
}

function failureOf(error: unknown, { repository }: GithubDeployments, isSignedIn: boolean): unknown {
  if (!isHttpError(error)) return error;
  const { failure, headers } = error;
  const signIn = isSignedIn
    ? 'The account may not see it.'
    : 'Sign in: "Incident: Confirm Addresses…" asks GitHub who you are.';
  const say = (message: string, hint?: string) =>
    new IncidentError('outside', message, { cause: error, ...(hint === undefined ? {} : { hint }) });
  if ((failure === 'forbidden' || failure === 'rateLimited') && headers['x-ratelimit-remaining'] === '0') {
    const until = isoTimeOf(Number(headers['x-ratelimit-reset']) * 1000).slice(11, 16);
    return say(`GitHub answers no more requests of this account until ${until} UTC.`, isSignedIn ? undefined : signIn);
  }
  if (failure === 'unauthorized')
    return say('GitHub did not accept who you are signed in as.', 'Sign in to GitHub again.');
  if (failure === 'forbidden') return say(`GitHub does not show the deployments of ${repository}.`, signIn);
  if (failure === 'notFound') return say(`GitHub shows no repository ${repository}.`, signIn);
  if (failure === 'redirect') return say(`${repository} was renamed or moved on GitHub.`, 'Configure its new name.');
  return error;
}
