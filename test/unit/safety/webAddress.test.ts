import { describe, expect, it } from 'vitest';
import { isLoopback, shownAddress, webAddressOf } from '../../../src/safety/webAddress.ts';

describe('webAddressOf', () => {
  it.each([
    ['https://a.example/x?y=1', true],
    ['http://127.0.0.1:8080', true],
    ['HTTP://A.example', true],
    ['ftp://a.example', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['https://me:secret@a.example/', false],
    ['https://me@a.example/', false],
    ['a.example', false],
    ['', false],
    ['https://', false],
    ['https://a.example/\nx', false],
    [`https://a.example/${'x'.repeat(2000)}`, false],
  ])('%j: %s', (text, fits) => {
    expect(webAddressOf(text) !== undefined).toBe(fits);
  });
});

describe('isLoopback', () => {
  it.each([
    ['http://127.0.0.1:3000/', true],
    ['http://127.9.8.7/', true],
    ['http://127.1/', true],
    ['http://0x7f000001/', true],
    ['http://2130706433/', true],
    ['http://localhost:1/', true],
    ['http://LOCALHOST/', true],
    ['http://app.localhost/', false],
    ['http://[::1]:80/', true],
    ['http://127.0.0.1.example.org/', false],
    ['http://localhost.example.org/', false],
    ['http://mylocalhost/', false],
    ['http://0.0.0.0/', false],
    ['http://10.0.0.1/', false],
    ['http://169.254.169.254/', false],
    ['http://[::2]/', false],
  ])('%s: %s', (text, is) => {
    expect(isLoopback(new URL(text))).toBe(is);
  });
});

it('an address is shown without what may be a key', () => {
  expect(shownAddress(new URL('https://a.example:8443/v?token=x#y'))).toBe('https://a.example:8443/v?…');
  expect(shownAddress(new URL('http://a.example'))).toBe('http://a.example/');
});
