/** A channel where no debate is: words of the program there, and what people reacted to. */
import { type APIMessage, GatewayIntentBits, Routes } from 'discord.js';
import { linkIn } from '../../src/chat/pointed.ts';
import { InputError } from '../../src/errors.ts';
import type { Notice, PopularLink } from '../../src/ports/adapter.ts';
import type { Place } from '../../src/ports/host.ts';
import { type Connection, isThreadOnly } from './connection.ts';
import { invitationRows } from './controls.ts';
import { plain } from './encode.ts';
import { toDiscord } from './markdown.ts';
import { asMessages, isSince, PAGE, sendOnce } from './own.ts';
import { mustBeAllowed } from './permissions.ts';

/** A forum has no place for words of its own: there they are not said. */
export async function tell({ client, rest, host }: Connection, place: Place, notice: Notice): Promise<void> {
  if (await isThreadOnly(client, place.channel)) return;
  const components = invitationRows(notice.invites, host.verbs, null, notice.language);
  const body = { ...plain(toDiscord(notice.text)), ...(components.length > 0 && { components }) };
  await sendOnce(rest, place.channel, body, notice.key);
}

/** Links further back are not looked for: a thousand messages. */
const MOST_PAGES = 10;

/** What people wrote there since, by how many reacted to it. */
export async function popularLinks(connection: Connection, place: Place, since: Date): Promise<readonly PopularLink[]> {
  const { client, rest } = connection;
  if (!client.options.intents.has(GatewayIntentBits.MessageContent)) throw cannotRead();
  await mustBeAllowed(client, place);
  const counts = new Map<string, number>();
  let before: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before && { before }) });
    const messages = await rest.get(Routes.channelMessages(place.channel), { query }).then(asMessages);
    const recent = messages.filter(({ id }) => isSince(id, since));
    for (const message of recent) count(message, counts);
    before = messages.at(-1)?.id ?? null;
    if (recent.length < PAGE || before === null) break;
  }
  const links = [...counts].map(([url, reactions]) => ({ url, reactions }));
  return links.toSorted((one, other) => other.reactions - one.reactions);
}

function count({ author, content, reactions = [] }: APIMessage, counts: Map<string, number>): void {
  const link = author.bot ? null : linkIn(content);
  if (!link) return;
  const sum = reactions.reduce((all, reaction) => all + reaction.count, 0);
  counts.set(link, (counts.get(link) ?? 0) + sum);
}

function cannotRead(): InputError {
  return new InputError({
    en: 'To see which links people share and react to I need the Message Content intent; grant it to the application and set DISCORD_MESSAGE_CONTENT=1.',
    es: 'Para ver qué enlaces se comparten y a cuáles se reacciona necesito el intent Message Content; concédelo a la aplicación y define DISCORD_MESSAGE_CONTENT=1.',
  });
}
