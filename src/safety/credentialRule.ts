/** One way to recognise credentials in text. */
export interface CredentialRule {
  /** What people read in the place of the value, `[redacted GitHub token 1a2b3c4d]`: letters and spaces. */
  readonly kind: string;
  /** Lower-case text of which every match contains at least one: a text without any of them is not searched. */
  readonly anchors: readonly string[];
  /** Flags `g` and `d`. The group `value` or `bare` is what is redacted; without them, the whole match. */
  readonly pattern: RegExp;
  /** Refuses what only looks like a credential: the name of a variable, a word of prose. */
  readonly accepts?: (value: string, groups: Readonly<Record<string, string | undefined>>) => boolean;
}

const reference =
  /^(?:\[redacted |\$\{|\$\(|\$[A-Za-z_]|\{\{|\{%|<%|%[\w-]+%|%[sdv]\b|<[\w .-]+>$|\*{3,}|[xX]{3,}$|\.{3}|…|@\{|#\{|secret:|vault:|op:\/\/|ref\+)/;

const codeReference =
  /^(?:(?:await|new|typeof)$|!?[A-Za-z_$][\w$]*(?:(?:\?\.|\.|->|::)[A-Za-z_$][\w$]*)*[([]|!?(?:process|os|env|config|settings|secrets|options|opts|params|args|req|request|res|response|ctx|context|this|self|props|vars?|local|data|module|user|import\.meta|steps|github|inputs)(?:\?\.|\.|\[)[\w.?$]+$)/;

/** True for what stands for a value kept elsewhere (`${DB_PASSWORD}`, `{{ token }}`, `secret:NAME`, `***`) or redacted before. */
export function isReference(value: string): boolean {
  return reference.test(value);
}

/** True for an expression of a programming language that yields the value: `process.env.TOKEN`, `readSecret(`. */
export function isCodeReference(value: string): boolean {
  return codeReference.test(value);
}

/** True for Base64 of `user:password`. */
export function isBasicCredential(value: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

/** True for text that nobody writes as a word: long, or with digits, or of changing case. */
export function looksRandom(value: string): boolean {
  return value.length >= 24 || /\d/.test(value) || /[a-z][A-Z]/.test(value);
}
