/** Bytes to text, in whatever encoding they really are. */

const BOMS: readonly { readonly label: string; readonly bytes: readonly number[] }[] = [
  { label: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { label: 'utf-16le', bytes: [0xff, 0xfe] },
  { label: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** How far into a page its own declaration is looked for, in bytes (browsers take 1,024). */
const DECLARATION_WITHIN = 2048;

/**
 * Decodes text. A byte-order mark decides; then the bytes themselves, when they are UTF-8 beyond ASCII, whatever
 * was declared; then what the server and the page declare, as far as the bytes agree; else Windows-1252.
 */
export function decodeText(bytes: Uint8Array, mediaType?: string): string {
  const bom = bomOf(bytes);
  if (bom) return new TextDecoder(bom).decode(bytes);
  if (isUtf8(bytes)) return new TextDecoder('utf-8').decode(bytes);
  for (const label of declared(bytes, mediaType)) {
    const text = decodeStrictly(bytes, label);
    if (text !== null) return text;
  }
  return decodeStrictly(bytes, 'utf-8') ?? new TextDecoder('windows-1252').decode(bytes);
}

/** The encoding its byte-order mark names, or null. */
export function bomOf(bytes: Uint8Array): string | null {
  return BOMS.find((bom) => bom.bytes.every((byte, index) => bytes[index] === byte))?.label ?? null;
}

/**
 * Real pages in UTF-8 often hold a broken byte or two: up to one in twenty of what lies beyond ASCII is
 * forgiven. Another encoding passes for UTF-8 only by a chance that shrinks with every such character.
 */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const beyondAscii = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
  return beyondAscii > 0 && broken <= beyondAscii / 20;
}

function declared(bytes: Uint8Array, mediaType: string | undefined): string[] {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, DECLARATION_WITHIN));
  const page = /<meta\b[^>]*\bcharset\s*=\s*["']?\s*([^\s"'/>;]+)|<\?xml\b[^>]*\bencoding\s*=\s*["']([^"']+)/i.exec(
    head,
  );
  const server = /\bcharset\s*=\s*["']?([^\s"';]+)/i.exec(mediaType ?? '');
  return [server?.[1], page?.[1] ?? page?.[2]].filter((label) => label !== undefined);
}

function decodeStrictly(bytes: Uint8Array, label: string): string | null {
  try {
    // A name nobody knows, or bytes that are not in that encoding.
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
