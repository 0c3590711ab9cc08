/** Files people share, as bytes, and threads as what is to be debated. */
import { z } from 'zod';
import type { FileRef } from '../../src/chat/pointed.ts';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Incoming } from '../../src/ports/host.ts';
import { safeLine } from '../../src/text/safe.ts';
import { patiently } from './clients.ts';
import type { Connection, Workspace } from './connection.ts';
import { filesOf, isWritten, messageShape, type SlackMessage } from './decode.ts';
import { fromSlack } from './mrkdwn.ts';
import { WORDS } from './words.ts';

type Attachments = NonNullable<Incoming['attachments']>;

const MOST_BYTES = 25 * 1024 * 1024;
/** Milliseconds. */
const PATIENCE = 60_000;
/** Messages of a thread that are read. */
const MOST_MESSAGES = 1000;
const PAGE = 200;

/** What can be debated; a picture beside the article is let be. */
const READABLE = /^(?:text\/|application\/(?:pdf|xhtml\+xml|markdown))/;
const READABLE_NAME = /\.(?:pdf|html?|md|markdown|txt|text)$/i;

export function readable({ name, contentType }: FileRef): boolean {
  return READABLE.test(contentType ?? '') || READABLE_NAME.test(name);
}

/** Fetches files from Slack. Rejects with an InputError when one is too large, gone or not ours to read. */
export async function fetchFiles({ token, rest }: Workspace, files: readonly FileRef[]): Promise<Attachments> {
  return Promise.all(files.map((file) => fetchFile(token, rest.slackApiUrl, file)));
}

async function fetchFile(token: string, apiUrl: string, { name, url, contentType, size }: FileRef) {
  if (size > MOST_BYTES) throw tooLarge(name);
  const mediaType = contentType?.split(';')[0]?.trim() || 'application/octet-stream';
  try {
    if (!isSlacks(url, apiUrl)) throw new Error('the file is not on Slack');
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    // Whom Slack does not let read the file it sends to the page for signing in.
    const isPage = /^text\/html/.test(response.headers.get('content-type') ?? '');
    if (isPage && !/html/.test(mediaType)) throw new Error('a page instead of the file');
    return { name, mediaType, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (cause) {
    throw new InputError(
      {
        en: `I could not fetch ${name} from Slack; share it again here (the app needs the scope files:read).`,
        es: `No pude traer ${name} de Slack; compártelo otra vez aquí (la aplicación necesita el permiso files:read).`,
      },
      { cause },
    );
  }
}

/** Our token goes to Slack alone, whatever address a message names. */
function isSlacks(url: string, apiUrl: string): boolean {
  const address = URL.parse(url);
  if (!address) return false;
  const isSlack = address.protocol === 'https:' && /(?:^|\.)slack(?:-files|-edge)?\.com$/.test(address.hostname);
  return isSlack || address.origin === URL.parse(apiUrl)?.origin;
}

/** Words of a message, as the file they would be. */
export function asFile(words: string, name = 'message.md'): Attachments {
  return [{ name, mediaType: 'text/markdown', bytes: new TextEncoder().encode(words) }];
}

export interface Material {
  /** What people wrote, oldest first. */
  readonly messages: readonly SlackMessage[];
  readonly files: readonly FileRef[];
}

/** What people wrote and shared in a thread, but for one message. */
export async function threadMaterial(
  { rest }: Workspace,
  { channel, thread }: { readonly channel: string; readonly thread: string },
  except: string,
): Promise<Material> {
  const messages: SlackMessage[] = [];
  for (let cursor: string | undefined; messages.length < MOST_MESSAGES; ) {
    const page = await patiently(() =>
      rest.conversations.replies({ channel, ts: thread, limit: PAGE, ...(cursor && { cursor }) }),
    );
    messages.push(...z.array(messageShape).parse(page.messages ?? []));
    cursor = page.response_metadata?.next_cursor || undefined;
    if (!cursor) break;
  }
  const written = messages.filter((message) => isWritten(message) && message.ts !== except);
  return { messages: written, files: written.flatMap(filesOf).filter(readable) };
}

/** The thread's words as one text, each under who wrote it. */
export async function transcript(
  { people }: Connection,
  workspace: Workspace,
  messages: readonly SlackMessage[],
  language: Language,
): Promise<Attachments> {
  const lines: string[] = [];
  for (const { user, text } of messages) {
    const words = fromSlack(text ?? '', workspace.botUserId);
    if (!user || words === '') continue;
    const { person } = await people.of(workspace, user);
    lines.push(`**${safeLine(person.name)}:** ${words}`);
  }
  if (lines.length === 0) return [];
  const title = inLanguage(WORDS.thread, language);
  return asFile(`# ${title}\n\n${lines.join('\n\n')}\n`, 'thread.md');
}

function tooLarge(name: string): InputError {
  return new InputError({
    en: `${name} is larger than 25 MB; share a smaller file or give a link.`,
    es: `${name} pasa de 25 MB; comparte un archivo menor o da un enlace.`,
  });
}
