/** Files people attach, as bytes. */

import type { FileRef } from '../../src/chat/pointed.ts';
import { InputError } from '../../src/errors.ts';
import type { Incoming } from '../../src/ports/host.ts';

type Attachments = NonNullable<Incoming['attachments']>;

const MOST_BYTES = 25 * 1024 * 1024;
/** Milliseconds. */
const PATIENCE = 60_000;

/** Fetches a file from Discord. Rejects with an InputError when it is too large or gone. */
export async function fetchFile({ name, url, contentType, size }: FileRef): Promise<Attachments> {
  if (size > MOST_BYTES) throw tooLarge(name);
  const mediaType = contentType?.split(';')[0]?.trim() || 'application/octet-stream';
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return [{ name, mediaType, bytes: new Uint8Array(await response.arrayBuffer()) }];
  } catch (cause) {
    throw new InputError(
      {
        en: `I could not fetch ${name} from Discord; attach it again.`,
        es: `No pude traer ${name} de Discord; adjúntalo otra vez.`,
      },
      { cause },
    );
  }
}

/** Words of a message, as the file they would be. */
export function asFile(words: string): Attachments {
  return [{ name: 'message.md', mediaType: 'text/markdown', bytes: new TextEncoder().encode(words) }];
}

function tooLarge(name: string): InputError {
  return new InputError({
    en: `${name} is larger than 25 MB; attach a smaller file or give a link.`,
    es: `${name} pasa de 25 MB; adjunta un archivo menor o da un enlace.`,
  });
}
