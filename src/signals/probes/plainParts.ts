import { meaningOf, statusOf } from './healthWords.ts';

/** What nobody turns off: `false` says that it fails, beside a word on health. */
const dependency =
  /^(?:db|database|databases|sql|postgres|postgresql|pg|mysql|mariadb|mongo|mongodb|cassandra|dynamodb|redis|memcached|valkey|kafka|rabbitmq|amqp|nats|broker|elasticsearch|opensearch|s3|smtp|ldap|upstream|backend|dependency|dependencies)$/;
/** What may as well be a switch: `false` says that it fails only beside dependencies that are told the same way. */
const perhapsDependency =
  /^(?:cache|queue|search|storage|disk|mail|email|auth|api|gateway|payment|payments|dns|network)$/;
/** What names of truth values add: `isDatabaseConnected`. */
const filler =
  /^(?:is|are|has|ok|up|ready|healthy|health|alive|connected|connection|available|reachable|status|primary|replica|server|service)$/;
/** Words there are settings, levels and names, or of what is long over. */
const noHealth =
  /^(?:level|log|logs|logging|logger|mode|tier|priority|severity|criticality|importance|impact|urgency|release|bump|version|commit|revision|sha|hash|build|type|kind|class|category|feature|features|flag|flags|policy|action|on|when|if|env|environment|profile|stage|slot|team|color|colour|theme|name|title|id|host|hostname|message|msg|detail|description|reason|note|tag|tags|label|last|latest|previous|default|fallback|expected|strategy|experiment|maintenance|mock|test)$/;
/** Without a dependency beside them, words that mean other things as well. */
const ambiguous = /^(?:minor|partial(?:ly)?|slow|critical|dead|red|yellow|ko|live|green|running)$/i;

/** A health endpoint has few; a body of thousands is something else. */
const mostKeys = 100;

/** A part that stands for itself beside the status of the whole. */
export interface PlainPart {
  readonly name: string;
  readonly value: unknown;
}

/**
 * The keys of a body that are parts with no place of their own: `{"status": "ok", "database": "down"}`. Those alone of which the
 * key or its neighbours show that they tell of health: flags, modes, levels and names are none.
 * @param known keys that are read otherwise.
 */
export function plainParts(body: object, known: readonly string[]): readonly PlainPart[] {
  const entries = Object.entries<unknown>({ ...body })
    .filter(([key]) => !known.includes(key))
    .slice(0, mostKeys);
  const dependencies = entries.filter(([key, value]) => isDependency(wordsOf(key)) && statusOf(value) !== undefined);
  const isAboutHealth = statusOf(body) !== undefined;
  return entries
    .filter(([key, value]) => {
      const isBesideOne = dependencies.some(([other]) => other !== key);
      return isPart(wordsOf(key), value, { isAboutHealth, isBesideOne });
    })
    .map(([name, value]) => ({ name, value }));
}

/** What the other keys of a body are. */
interface Neighbours {
  readonly isAboutHealth: boolean;
  readonly isBesideOne: boolean;
}

function isPart(words: readonly string[], value: unknown, { isAboutHealth, isBesideOne }: Neighbours): boolean {
  const status = statusOf(value);
  if (status === undefined || words.some((word) => noHealth.test(word))) return false;
  if (typeof value === 'boolean' || value === 'true' || value === 'false') {
    return isBesideOne ? isPerhaps(words) : isAboutHealth && isDependency(words);
  }
  return isPerhaps(words) || (meaningOf(status.text) !== undefined && !ambiguous.test(status.text));
}

function isDependency(words: readonly string[]): boolean {
  return (
    words.some((word) => dependency.test(word)) && words.every((word) => dependency.test(word) || filler.test(word))
  );
}

function isPerhaps(words: readonly string[]): boolean {
  const isOne = (word: string) => dependency.test(word) || perhapsDependency.test(word);
  return words.some(isOne) && words.every((word) => isOne(word) || filler.test(word));
}

/** `isDatabaseUp`, `database_up` and `database-up` are three words. */
function wordsOf(key: string): readonly string[] {
  return key
    .slice(0, 100)
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}
