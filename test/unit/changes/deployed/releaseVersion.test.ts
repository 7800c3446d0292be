import { describe, expect, it } from 'vitest';
import {
  anyReleaseVersionOf,
  compareReleases,
  releaseVersionOf,
} from '../../../../src/changes/deployed/releaseVersion.ts';

describe('the version that a tag tells', () => {
  it.each([
    ['v1.9.0', [1, 9, 0]],
    ['1.9.0', [1, 9, 0]],
    ['V1.9', [1, 9]],
    ['v1.9.0+build.7', [1, 9, 0]],
    ['release-1.9.0', [1, 9, 0]],
    ['release/v1.9.0', [1, 9, 0]],
    ['releases/2026.11', [2026, 11]],
    ['2026.11.23', [2026, 11, 23]],
    ['2026-11-23', [2026, 11, 23]],
    ['v2026.11.23.2', [2026, 11, 23, 2]],
    ['release-2026-11-23', [2026, 11, 23]],
    ['20261123', [20261123]],
    ['20261123.2', [20261123, 2]],
    ['v1', undefined],
    ['1', undefined],
    ['12345678', undefined],
    ['v1.9.0-rc.1', undefined],
    ['v1.9.0-beta', undefined],
    ['2.0.0a1', undefined],
    ['api-v1.9.0', undefined],
    ['web/1.9.0', undefined],
    ['latest', undefined],
    ['deploy', undefined],
    ['vv1.9', undefined],
    ['x'.repeat(300), undefined],
    ['', undefined],
  ])('%s: %j', (tag, expected) => {
    expect(releaseVersionOf(tag)).toEqual(expected);
  });

  it.each([
    ['api-v1.9.0', [1, 9, 0]],
    ['api/1.9.0', [1, 9, 0]],
    ['API@1.9', [1, 9]],
    ['api-release-1.9.0', [1, 9, 0]],
    ['v1.9.0', [1, 9, 0]],
    ['api-gateway-v1.9.0', undefined],
    ['apiv1.9.0', undefined],
  ])('of the service api, %s: %j', (tag, expected) => {
    expect(releaseVersionOf(tag, ['api'])).toEqual(expected);
  });

  it('a name with a dash is a name', () => {
    expect(releaseVersionOf('check-out-v2.1', ['check-out'])).toEqual([2, 1]);
  });

  it.each([
    ['whatever/v1.9.0', [1, 9, 0]],
    ['prod-17', [17]],
    ['prod', undefined],
    ['x-1.0-rc1', undefined],
  ])('chosen by a glob, %s: %j', (tag, expected) => {
    expect(anyReleaseVersionOf(tag)).toEqual(expected);
  });

  it('versions compare number by number', () => {
    const order = [[1, 9], [1, 9, 1], [1, 10], [2], [2026, 11, 3], [2026, 11, 23]];
    expect([...order].reverse().sort(compareReleases)).toEqual(order);
    expect(compareReleases([1, 9], [1, 9, 0])).toBe(0);
  });
});
