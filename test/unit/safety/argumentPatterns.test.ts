import { describe, expect, it } from 'vitest';
import {
  isCommitId,
  isIsoDate,
  isRepositoryPath,
  isSafeRef,
  isSafeRevision,
} from '../../../src/safety/argumentPatterns.ts';

describe('isSafeRef', () => {
  it.each([
    'main',
    'origin/main',
    'refs/remotes/origin/HEAD',
    'feature/ä-ö',
    'v1.2.3',
    'dependabot/npm_and_yarn/@types/x',
    'a#1',
  ])('takes %j', (ref) => {
    expect(isSafeRef(ref)).toBe(true);
  });

  it.each([
    ...[
      '',
      '-main',
      '--output=/tmp/x',
      'a b',
      'a\nb',
      'a\u0000b',
      'a..b',
      'a...b',
      'a@{1}',
      '@',
      'a~1',
      'a^',
      'a:b',
      'a?',
    ],
    ...[
      'a*',
      'a[b',
      'a\\b',
      '/a',
      'a/',
      'a//b',
      'a/.b',
      'a.lock',
      'a.',
      '.a',
      'a\u001b[31m',
      'a\u202eb',
      'x'.repeat(256),
    ],
  ])('refuses %j', (ref) => {
    expect(isSafeRef(ref)).toBe(false);
  });
});

describe('isCommitId', () => {
  it.each([
    ['3f2a1b9', true],
    ['3f2a1b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a', true],
    ['f'.repeat(64), true],
    ['3f2a1b', false],
    ['3F2A1B9', false],
    ['HEAD', false],
    ['f'.repeat(65), false],
  ])('%j: %j', (text, is) => {
    expect(isCommitId(text)).toBe(is);
  });
});

describe('isSafeRevision', () => {
  it.each([
    ['HEAD', true],
    ['HEAD~2', true],
    ['3f2a1b9^', true],
    ['origin/main^2~3', true],
    ['HEAD:file', false],
    ['-n', false],
    ['a..b', false],
    [':/text', false],
    ['HEAD^{commit}', false],
  ])('%j: %j', (text, is) => {
    expect(isSafeRevision(text)).toBe(is);
  });
});

describe('isIsoDate', () => {
  it.each([
    ['2026-12-25', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['25.12.2026', false],
    ['2026-12-25T00:00:00Z', false],
  ])('%j: %j', (text, is) => {
    expect(isIsoDate(text)).toBe(is);
  });
});

describe('isRepositoryPath', () => {
  it.each([
    ['src/a.ts', true],
    ['-leading dash', true],
    ['with\nnewline "and quotes"', true],
    ['', false],
    ['/etc/passwd', false],
    ['../x', false],
    ['a/../x', false],
    ['./a', false],
    ['a//b', false],
    ['a\u0000b', false],
  ])('%j: %j', (text, is) => {
    expect(isRepositoryPath(text)).toBe(is);
  });
});
