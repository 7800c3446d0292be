import { describe, expect, it } from 'vitest';
import { environmentFile } from '../../../../src/changes/configuration/formats/environmentFile.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const production = `# Shop, production
NODE_ENV=production
PORT=8080

DATABASE_URL="postgres://db.internal:5432/shop"
export STRIPE_URL=https://api.stripe.com # payments
CHECKOUT_TIMEOUT='30s'
TLS_CERTIFICATE="-----BEGIN CERTIFICATE-----
MIIB=
-----END CERTIFICATE-----"
FEATURES=cart,search
`;

const edited = (from: string, to: string): string => production.replace(from, to);

describe('environment files', () => {
  it.each<readonly [string, string | undefined, string | undefined, readonly string[]]>([
    ['the same file', production, production, []],
    ['a value', production, edited("'30s'", '3s'), ['env CHECKOUT_TIMEOUT: 30s → 3s']],
    [
      'a variable that went',
      production,
      edited('export STRIPE_URL=https://api.stripe.com # payments\n', ''),
      ['env STRIPE_URL removed (was https://api.stripe.com)'],
    ],
    ['a variable that came', production, `${production}LOG_LEVEL=debug\n`, ['env LOG_LEVEL added: debug']],
    ['a variable made empty', production, edited('PORT=8080', 'PORT='), ['env PORT: 8080 → ']],
    ['a variable commented out', production, edited('PORT', '# PORT'), ['env PORT removed (was 8080)']],
    ['another order', production, `FEATURES=cart,search\n${production.replace('FEATURES=cart,search\n', '')}`, []],
    ['quotes, comments, spaces and export', production, edited('PORT=8080', '  export PORT = "8080"   # web'), []],
    [
      'windows line ends',
      production,
      production.replaceAll('\n', '\r\n').replaceAll(/(CERTIFICATE-----|MIIB=)\r\n/g, '$1\n'),
      [],
    ],
    [
      'a value of several lines',
      production,
      edited('MIIB=', 'MIIC='),
      ['env TLS_CERTIFICATE: MIIB= → MIIC= (line 2 of 3)'],
    ],
    ['a hash in quotes is no comment', 'A="a#b"\n', "A='a#c'\n", ['env A: a#b → a#c']],
    ['a hash within a value', 'PASS=abc#123\n', 'PASS=abc#999\n', ['env PASS: abc#123 → abc#999']],
    [
      'a hash in an address',
      'URL=https://x/#/a\n',
      'URL=https://x/#/b # moved\n',
      ['env URL: https://x/#/a → https://x/#/b'],
    ],
    ['a value that begins with a hash', 'COLOUR=#fff\n', 'COLOUR=#000\n', ['env COLOUR: #fff → #000']],
    ['a comment for a value', 'A= # one\n', 'A=\t# two\n', []],
    ['quotes after none', 'A=a#b\nA="x"\n', 'A=x # y\n', []],
    ['a quote that does not close', 'A="a#b\n', 'A="a#c\n', ['env A: "a#b → "a#c']],
    ['the last of two counts', 'A=1\nA=2\n', 'A=2\n', []],
    ['a variable without a value', 'A=1\n', 'A=1\nHOME\n', ['env HOME added']],
    [
      'a renamed variable',
      'API_URL=x\n',
      'API_BASE_URL=x\n',
      ['env API_BASE_URL added: x', 'env API_URL removed (was x)'],
    ],
    ['a new file', undefined, 'A=1\nB=2\n', ['env A added: 1', 'env B added: 2']],
    ['a file that went', 'A=1\n', undefined, ['env A removed (was 1)']],
    ['a program', 'A=1\n', 'A=1\nif true; then B=2; fi\n', ['line 2: neither NAME=value nor a comment']],
  ])('%s', (_, before, after, told) => {
    expect(toldDifferences(environmentFile, before, after, { path: '.env.production' })).toEqual(told);
  });

  it('of an example, says so', () => {
    expect(toldDifferences(environmentFile, 'A=1\n', 'A=2\n', { path: '.env.example' })).toEqual([
      'env A: 1 → 2 (example)',
    ]);
  });

  it('tells lines', () => {
    const after = edited('FEATURES=cart', 'FEATURES=carts').replace('PORT=8080\n', '');
    const versions = { path: '.env', before: production, after, beside: new Map<string, string>() };
    expect(environmentFile.differences(versions).map(({ line }) => line)).toEqual([10, 3]);
  });

  it.each([
    ['.env', true],
    ['services/api/.env.production', true],
    ['deploy/api.env', true],
    ['env/production.env', true],
    ['.env.example', true],
    ['.flaskenv', true],
    ['src/.env.d.ts', false],
    ['env.ts', false],
    ['docs/.env.md', false],
    ['environment.yml', false],
    ['.environment', false],
  ])('%s: %s', (path, fits) => {
    expectFit(environmentFile, path, undefined, fits);
  });
});
