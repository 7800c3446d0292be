import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseImage } from '../../../../src/changes/deployed/imageReference.ts';
import { revisionCandidates } from '../../../../src/changes/deployed/revisionCandidates.ts';
import { isSafeRevision } from '../../../../src/safety/argumentPatterns.ts';

const full = '3f2a9c1b04de58f7a6b1c2d3e4f5061728394a5b';
const names = (version: string, options?: Parameters<typeof revisionCandidates>[1]) =>
  revisionCandidates(version, options).map((found) => (found.kind === 'tag' ? `tag ${found.name}` : found.id));

describe('what a version may stand for', () => {
  it.each([
    [full, [full]],
    [full.toUpperCase(), [full]],
    ['a'.repeat(64), ['a'.repeat(64)]],
    ['3f2a9c1', ['tag 3f2a9c1', '3f2a9c1']],
    ['3F2A9C1', ['tag 3F2A9C1', '3f2a9c1']],
    ['v1.9.0', ['tag v1.9.0', 'tag 1.9.0']],
    ['1.9.0', ['tag 1.9.0', 'tag v1.9.0']],
    [' 1.9.0\n', ['tag 1.9.0', 'tag v1.9.0']],
    ['1.9.0-rc.1', ['tag 1.9.0-rc.1', 'tag v1.9.0-rc.1']],
    ['2026.11.23', ['tag 2026.11.23', 'tag v2026.11.23']],
    ['1.9.0-3f2a9c1', ['tag 1.9.0-3f2a9c1', '3f2a9c1']],
    ['v1.9.0-3f2a9c1', ['tag v1.9.0-3f2a9c1', '3f2a9c1']],
    ['1.9.0+3f2a9c1', ['tag 1.9.0+3f2a9c1', 'tag v1.9.0+3f2a9c1', 'tag v1.9.0', 'tag 1.9.0', '3f2a9c1']],
    ['1.9.0+build.5', ['tag 1.9.0+build.5', 'tag v1.9.0+build.5', 'tag v1.9.0', 'tag 1.9.0']],
    ['main-3f2a9c1', ['tag main-3f2a9c1', '3f2a9c1']],
    ['main.3f2a9c1', ['tag main.3f2a9c1', '3f2a9c1']],
    ['feature-x-3f2a9c1-amd64', ['tag feature-x-3f2a9c1-amd64', '3f2a9c1']],
    ['sha-3f2a9c1', ['tag sha-3f2a9c1', '3f2a9c1']],
    ['sha-1234567', ['tag sha-1234567', '1234567']],
    ['20261123-3f2a9c1', ['tag 20261123-3f2a9c1', 'tag v20261123-3f2a9c1', '3f2a9c1']],
    ['v1.9.0-12-g3f2a9c1', ['3f2a9c1']],
    ['v1.9.0-12-g3f2a9c1-dirty', ['3f2a9c1']],
    ['v1.9.0-0-g3f2a9c1', ['3f2a9c1']],
    ['v1.9.0-dirty', ['tag v1.9.0', 'tag 1.9.0']],
    ['build-1234567', ['tag build-1234567']],
    ['20261123', ['tag 20261123', 'tag v20261123', '20261123']],
    ['1.9.0-defaced', ['tag 1.9.0-defaced']],
    ['latest', []],
    ['main', []],
    ['Production', []],
    ['', []],
    ['unknown', []],
    ['--output=x', []],
    ['v1..2', []],
    ['x'.repeat(201), []],
  ])('%j', (version, expected) => {
    expect(names(version)).toEqual(expected);
  });

  it('a glob of the service’s tags, and its name, say how its tags are called', () => {
    expect(names('1.9.0', { tags: 'api-v*' })[0]).toBe('tag api-v1.9.0');
    expect(names('v1.9.0', { tags: 'api/*' }).slice(0, 2)).toEqual(['tag api/v1.9.0', 'tag api/1.9.0']);
    expect(names('1.9.0', { service: 'api' })).toEqual([
      ...['tag 1.9.0', 'tag v1.9.0', 'tag api-v1.9.0', 'tag api-1.9.0'],
      ...['tag api/v1.9.0', 'tag api/1.9.0', 'tag api@1.9.0', 'tag api@v1.9.0'],
    ]);
  });

  it('nothing that any text gives could be an option or a range of git', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.constantFrom(undefined, 'v*', '--x*', 'a..*'), (version, tags) => {
        for (const found of revisionCandidates(version, tags === undefined ? {} : { tags })) {
          expect(isSafeRevision(found.kind === 'tag' ? found.name : found.id)).toBe(true);
        }
      }),
    );
  });
});

describe('an image', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  it.each([
    ['api', { name: 'api' }],
    ['api:1.9.0', { name: 'api', tag: '1.9.0' }],
    ['shop/api:main-3f2a9c1', { name: 'shop/api', tag: 'main-3f2a9c1' }],
    ['registry.example:5000/shop/api:1.9.0', { name: 'registry.example:5000/shop/api', tag: '1.9.0' }],
    ['registry.example:5000/shop/api', { name: 'registry.example:5000/shop/api' }],
    ['[fd00::1]:5000/api:2', { name: '[fd00::1]:5000/api', tag: '2' }],
    [`api@${digest}`, { name: 'api', digest }],
    [`shop/api:1.9.0@${digest}`, { name: 'shop/api', tag: '1.9.0', digest }],
    ['api:', undefined],
    ['api: x', undefined],
    ['', undefined],
    [`api@sha256:zz`, undefined],
  ])('%s', (text, expected) => {
    expect(parseImage(text)).toEqual(expected);
  });
});
