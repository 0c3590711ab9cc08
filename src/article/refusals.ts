/** Why a fetch came to nothing, in a sentence that names the place and the remedy. */
import { isNativeError } from 'node:util/types';
import type { Localised } from '../debate.ts';
import { InputError } from '../errors.ts';
import { PrivateAddress } from './address.ts';

/** An answer other than the article; the cause of the InputError made of it. */
export class HttpStatus extends Error {
  readonly status: number;

  constructor(status: number, url: URL) {
    super(`${place(url)} answered ${status}`);
    this.name = 'HttpStatus';
    this.status = status;
  }
}

/** Host and path: what stands behind the question mark may be somebody's key. */
function place(url: URL): string {
  const shown = `${url.host}${url.pathname === '/' ? '' : url.pathname}`;
  return shown.length > 100 ? `${shown.slice(0, 99)}…` : shown;
}

const DOWNLOAD: Localised = {
  en: 'download the article and give the file instead',
  es: 'descarga el artículo e indica el archivo',
};

/** `what` goes on from the place: "example.org refused …". */
function refuse(url: URL, what: Localised, cause?: unknown): InputError {
  const text = { en: `${place(url)} ${what.en}.`, es: `${place(url)} ${what.es}.` };
  return new InputError(text, cause === undefined ? undefined : { cause });
}

export function notWeb(address: string): InputError {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(address)?.[1]?.toLowerCase() ?? '';
  if (scheme && scheme !== 'http' && scheme !== 'https') {
    return new InputError({
      en: `Addresses that begin with "${scheme}:" cannot be read: give one that begins with http:// or https://, or a file.`,
      es: `No se pueden leer direcciones que empiezan por «${scheme}:»: indica una que empiece por http:// o https://, o un archivo.`,
    });
  }
  return new InputError({
    en: 'This is not a complete web address: it should look like https://example.org/article.',
    es: 'Esta no es una dirección web completa: debe ser como https://example.org/articulo.',
  });
}

export function tooSlow(url: URL, cause?: unknown): InputError {
  return refuse(
    url,
    {
      en: `took too long to answer: try again later, or ${DOWNLOAD.en}`,
      es: `tardó demasiado en responder: inténtalo más tarde o ${DOWNLOAD.es}`,
    },
    cause,
  );
}

export function tooLarge(url: URL, maxBytes: number): InputError {
  const size = `${Math.floor(maxBytes / 1e6)} MB`;
  return refuse(url, {
    en: `is larger than ${size}, the most that is read: give a shorter version of the article`,
    es: `ocupa más de ${size}, lo máximo que se lee: indica una versión más corta del artículo`,
  });
}

export function tooManyRedirects(url: URL): InputError {
  return refuse(url, {
    en: `redirects in circles or too many times: open it in a browser and give the address it ends at, or ${DOWNLOAD.en}`,
    es: `redirige en círculo o demasiadas veces: abre la dirección en un navegador e indica la final, o ${DOWNLOAD.es}`,
  });
}

export function empty(url: URL): InputError {
  return refuse(url, {
    en: `answered with nothing: check the address, or ${DOWNLOAD.en}`,
    es: `respondió sin contenido: comprueba la dirección o ${DOWNLOAD.es}`,
  });
}

export function notText(mediaType: string, url: URL): InputError {
  const type = mediaType.split(';')[0]?.trim() ?? mediaType;
  return refuse(url, {
    en: `holds ${type}, not an article: give the address of a page, a PDF or a text`,
    es: `contiene ${type}, no un artículo: indica la dirección de una página, un PDF o un texto`,
  });
}

/** An answer that is not the article. */
export function ofStatus(status: number, url: URL): InputError {
  return refuse(url, statusWords(status), new HttpStatus(status, url));
}

function statusWords(status: number): Localised {
  if ([401, 402, 403, 407, 451].includes(status)) {
    return {
      en: `does not let the article be read (${status}), it may need a login: ${DOWNLOAD.en}`,
      es: `no deja leer el artículo (${status}), quizá pide iniciar sesión: ${DOWNLOAD.es}`,
    };
  }
  if (status === 404 || status === 410) {
    return {
      en: `is not there (${status}): check the address`,
      es: `no existe (${status}): comprueba la dirección`,
    };
  }
  if (status === 429) {
    return {
      en: `is getting too many requests (429): wait a few minutes, or ${DOWNLOAD.en}`,
      es: `está recibiendo demasiadas peticiones (429): espera unos minutos o ${DOWNLOAD.es}`,
    };
  }
  if (status >= 500) {
    return {
      en: `is out of order (${status}): try again later, or ${DOWNLOAD.en}`,
      es: `no funciona ahora (${status}): inténtalo más tarde o ${DOWNLOAD.es}`,
    };
  }
  return {
    en: `answered with ${status} instead of an article: check the address, or ${DOWNLOAD.en}`,
    es: `respondió con ${status} en vez de un artículo: comprueba la dirección o ${DOWNLOAD.es}`,
  };
}

/* ── failures of the connection ────────────────────────────────────────────────────────── */

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS|^ERR_SSL|^EPROTO$/;
const SLOW = /^(?:ETIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/;

/** What the network or the program threw, as the sentence for it; errors that are one already stay. */
export function ofFailure(error: unknown, url: URL): unknown {
  const causes = chain(error);
  const said = causes.find((cause) => cause instanceof InputError);
  if (said) return said;
  if (causes.some((cause) => cause instanceof PrivateAddress)) return privateAddress(url, error);
  const codes = causes.map((cause) => ('code' in cause ? String(cause.code) : '')).filter(Boolean);
  if (codes.some((code) => SLOW.test(code))) return tooSlow(url, error);
  return refuse(url, connectionWords(codes), error);
}

function chain(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let next = error; isNativeError(next) && causes.length < 10; next = next.cause) causes.push(next);
  return causes;
}

function privateAddress(url: URL, cause: unknown): InputError {
  return refuse(
    url,
    {
      en: `is on a private network, which is not read unless TERTULIA_ALLOW_PRIVATE_URLS=1 is set: set it, or ${DOWNLOAD.en}`,
      es: `está en una red privada, que no se lee salvo con TERTULIA_ALLOW_PRIVATE_URLS=1: actívalo o ${DOWNLOAD.es}`,
    },
    cause,
  );
}

function connectionWords(codes: readonly string[]): Localised {
  if (codes.some((code) => code === 'ENOTFOUND' || code === 'EAI_AGAIN')) {
    return {
      en: 'could not be found: check the address and your connection to the internet',
      es: 'no se encontró: comprueba la dirección y tu conexión a internet',
    };
  }
  if (codes.includes('ECONNREFUSED')) {
    return {
      en: `refused the connection: check the address and its port, or ${DOWNLOAD.en}`,
      es: `rechazó la conexión: comprueba la dirección y su puerto o ${DOWNLOAD.es}`,
    };
  }
  if (codes.some((code) => CERTIFICATE.test(code))) {
    return {
      en: `has a certificate that cannot be trusted: ${DOWNLOAD.en}, or name your organisation's certificates in NODE_EXTRA_CA_CERTS`,
      es: `tiene un certificado en el que no se puede confiar: ${DOWNLOAD.es}, o indica los certificados de tu organización en NODE_EXTRA_CA_CERTS`,
    };
  }
  return {
    en: `broke off the connection or could not be reached: try again, or ${DOWNLOAD.en}`,
    es: `cortó la conexión o no se pudo alcanzar: inténtalo otra vez o ${DOWNLOAD.es}`,
  };
}
