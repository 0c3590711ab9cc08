/** Secrets at rest: nothing readable, nothing exchangeable, and keys that can be changed. */
import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCipher } from '../../db/cipher.ts';

const [old, current] = [randomBytes(32), randomBytes(32)];

test('any secret comes back, and nothing of it can be read meanwhile', () => {
  const cipher = createCipher([current]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 8 }), fc.string(), (secret, about) => {
      const sealed = cipher.seal(secret, about);
      expect(cipher.open(sealed, about)).toBe(secret);
      expect(Buffer.from(sealed.sealed, 'base64').includes(Buffer.from(secret))).toBe(false);
      expect(cipher.seal(secret, about).sealed).not.toBe(sealed.sealed);
    }),
  );
});

test('beside another row, or changed by a bit, it does not open', () => {
  const cipher = createCipher([current]);
  const sealed = cipher.seal('xoxb-1', 'slack/T1');
  expect(() => cipher.open(sealed, 'slack/T2')).toThrow();
  const bytes = Buffer.from(sealed.sealed, 'base64');
  for (const at of [0, 12, 28, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => cipher.open({ ...sealed, sealed: changed.toString('base64') }, 'slack/T1')).toThrow();
  }
});

test('the first key writes, every key reads, and one that is gone is named as the trouble', () => {
  const sealed = createCipher([old]).seal('xoxb-1', 'x');
  const both = createCipher([current, old]);
  expect(both.open(sealed, 'x')).toBe('xoxb-1');
  expect(both.isCurrent(sealed)).toBe(false);
  const anew = both.seal('xoxb-1', 'x');
  expect(both.isCurrent(anew)).toBe(true);
  expect(createCipher([current]).open(anew, 'x')).toBe('xoxb-1');
  expect(() => createCipher([current]).open(sealed, 'x')).toThrow('TERTULIA_SECRET_KEY no longer lists');
  expect(() => createCipher([]).seal('xoxb-1', 'x')).toThrow('openssl rand -hex 32');
});
