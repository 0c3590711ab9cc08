/** Secrets at rest: AES-256-GCM, with the key named beside them so that keys can be changed. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { InputError } from '../src/errors.ts';

const ALGORITHM = 'aes-256-gcm';
/** Bytes. */
const NONCE = 12;
const TAG = 16;

interface Sealed {
  /** Tells which key, without telling the key. */
  readonly key: string;
  /** Base64: nonce, tag, ciphertext. */
  readonly sealed: string;
}

export interface Cipher {
  /** What `about` names is bound to the secret: put beside another row it does not open. */
  seal(secret: string, about: string): Sealed;
  /** Rejects what was sealed with a key that is not among ours, or tampered with. */
  open(sealed: Sealed, about: string): string;
  /** Whether it was sealed with the key in use now. */
  isCurrent(sealed: Sealed): boolean;
}

/** `keys`: 32 bytes each; the first one seals, every one opens. */
export function createCipher(keys: readonly Uint8Array[]): Cipher {
  const named = keys.map((bytes) => ({ bytes, name: createHash('sha256').update(bytes).digest('hex').slice(0, 16) }));
  const [current] = named;
  return {
    seal(secret, about) {
      if (!current) throw withoutKey();
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(ALGORITHM, current.bytes, nonce).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return { key: current.name, sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64') };
    },
    open({ key, sealed }, about) {
      const one = named.find(({ name }) => name === key);
      if (!one) throw named.length === 0 ? withoutKey() : otherKey();
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(ALGORITHM, one.bytes, bytes.subarray(0, NONCE), { authTagLength: TAG })
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
    },
    isCurrent: ({ key }) => key === current?.name,
  };
}

function withoutKey(): InputError {
  return new InputError({
    en: 'Tokens are kept encrypted and no key is set; put the output of "openssl rand -hex 32" into TERTULIA_SECRET_KEY.',
    es: 'Los tokens se guardan cifrados y no hay clave; pon la salida de «openssl rand -hex 32» en TERTULIA_SECRET_KEY.',
  });
}

function otherKey(): InputError {
  return new InputError({
    en: 'A token was encrypted with a key that TERTULIA_SECRET_KEY no longer lists; add the old key after the new one, with a comma between.',
    es: 'Un token se cifró con una clave que TERTULIA_SECRET_KEY ya no contiene; añade la clave anterior tras la nueva, separada por una coma.',
  });
}
