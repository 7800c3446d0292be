/** Files of JavaScript and TypeScript that describe what is deployed, and with which variables: PM2, CDK, Pulumi, SST. */
const describesDeployment =
  /(?:^|\/)(?:ecosystem|pm2|sst|pulumi)(?:\.[\w-]+)*\.[cm]?[jt]s$|(?:^|\/)(?:cdk|infra|infrastructure|iac|pulumi|stacks?)\/.*\.[cm]?[jt]s$|stack\.[cm]?[jt]s$/i;
const isScript = /\.[cm]?[jt]s$/i;
const isOnlyRead = /(?:^|\/)(?:docs?|examples?|node_modules)\//i;

/** True for a line of code that sets the variable for what it deploys: `environment: { X: … }`, `addEnvironment('X', …)`. */
export function isSetForDeployment(path: string, line: string, name: string): boolean {
  if (!isScript.test(path) || isOnlyRead.test(path) || /^\s*(?:\/\/|\/?\*)/.test(line)) return false;
  const inRecord = String.raw`\benvironment\s*:\s*\{(?:[^}]*[\s,"'])?${name}["']?\s*:`;
  const inCall = String.raw`\baddEnvironment\(\s*["']${name}["']`;
  if (new RegExp(`${inRecord}|${inCall}`).test(line)) return true;
  // A type names it, too: `STRIPE_URL: string`.
  const member = String.raw`(?:^|[{,])\s*["']?${name}["']?\s*:(?!\s*(?:(?:string|number|boolean|unknown)\b|z\.))`;
  return describesDeployment.test(path) && new RegExp(member).test(line);
}
