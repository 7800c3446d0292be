import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientOf, shownClient } from '../../../../src/signals/accessLogs/clientOf.ts';
import { isProbePath, pathGroup } from '../../../../src/signals/accessLogs/pathGroup.ts';

describe('paths', () => {
  it.each([
    ['/', '/'],
    ['/orders/123', '/orders/:id'],
    ['/orders/123/items/9?page=2#top', '/orders/:id/items/:id'],
    ['/orders/550e8400-e29b-41d4-a716-446655440000', '/orders/:id'],
    ['/blobs/3f2a9c1b77', '/blobs/:id'],
    ['/facade/decade', '/facade/decade'],
    ['/api/v1/users/ada%40example.org', '/api/v1/users/:id'],
    ['/invoices/2026-11-23', '/invoices/:id'],
    ['/t/eyJhbGciOiJIUzI1NiJ9abc', '/t/:id'],
    ['https://shop.example.org/cart?id=1', '/cart'],
    ['//evil//x', '/evil/x'],
    ['/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g/h/…'],
    ['/orders/{id}', '/orders/{id}'],
    ['*', '/*'],
    ['unmatched', '/unmatched'],
    [`/${'x'.repeat(500)}`, '/:id'],
  ])('%s is %s', (target, group) => {
    expect(pathGroup(target)).toBe(group);
  });

  it('a group is its own group', () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        expect(pathGroup(pathGroup(path))).toBe(pathGroup(path));
      }),
    );
  });

  it.each([
    ['/metrics', true],
    ['/health/ready', true],
    ['/-/healthy', true],
    ['/healthcare', false],
    ['/cart', false],
  ])('%s is a probe: %s', (path, isProbe) => {
    expect(isProbePath(path)).toBe(isProbe);
  });
});

describe('clients', () => {
  it.each([
    ['203.0.113.77', '203.0.113.x'],
    ['203.0.113.77:51200', '203.0.113.x'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['[2001:DB8:1:2::6]:443', '2001:db8:1::/48'],
    ['2001:db8::6', '2001:db8::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['::1', '::/48'],
    ['::ffff:203.0.113.7', '203.0.113.x'],
    ['DSL-203-0-113-7.isp.example.org', '*.example.org'],
    ['gateway', 'gateway'],
    ['-', undefined],
    ['unix:', undefined],
    ['@', undefined],
    ['203.0.113.7, 10.0.0.1', undefined],
  ])('%s is shown as %s', (text, shown) => {
    const client = clientOf(text);
    expect(client === undefined ? undefined : shownClient(client)).toBe(shown);
  });

  it('no address is ever shown whole', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const shown = shownClient(clientOf(address) ?? '');
        expect(shown).toMatch(/^\d+\.\d+\.\d+\.x$|^(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,2})?::\/48$/);
      }),
    );
  });
});
