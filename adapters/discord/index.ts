/** Debates on Discord: a thread each, personas by webhook, people by commands, buttons and their own words. */
import { type Client, Events, REST } from 'discord.js';
import type { Debate } from '../../src/debate.ts';
import type { Adapter } from '../../src/ports/adapter.ts';
import type { Host } from '../../src/ports/host.ts';
import { popularLinks, tell } from './channel.ts';
import { registerCommands, renderCommands } from './commands.ts';
import type { Connection, DiscordOptions } from './connection.ts';
import { NAME } from './decode.ts';
import { plain, splitTurn } from './encode.ts';
import { logIn } from './gateway.ts';
import { onInteraction } from './interactions.ts';
import { toDiscord } from './markdown.ts';
import { onDelete, onEdit, onMessage } from './messages.ts';
import { sendOnce } from './own.ts';
import { missingNames, mustBeAllowed } from './permissions.ts';
import { rolesOf, threadAddress } from './places.ts';
import { findTurn, postTurn } from './post.ts';
import { createStatusBoard, encodeStanding, type StatusBoard } from './status.ts';
import { openThread } from './threads.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';
import { WORDS } from './words.ts';

interface Live {
  readonly connection: Connection;
  readonly webhooks: Webhooks;
  readonly board: StatusBoard;
}

export function createDiscord(options: DiscordOptions): Adapter {
  const debates = new Map<string, Debate>();
  let live: Live | null = null;
  let notices = 0;

  const now = (): Live => {
    if (live) return live;
    throw new Error('Discord is not connected');
  };

  return {
    name: NAME,
    facts: { maxLength: 2000, canLook: true, hasChannel: true },
    async start(host, { hears } = { hears: true }) {
      // Whoever posts for others posts anywhere, and so has to know all there is.
      const client = await logIn(hears ? options : { ...options, messageContent: false, shardIds: null });
      live = await goLive(client, host, debates, options, hears).catch(async (error: unknown) => {
        await client.destroy();
        throw error;
      });
    },
    async stop() {
      const was = live;
      live = null;
      await was?.board.close();
      await was?.connection.client.destroy();
    },
    prepare: (place) => mustBeAllowed(now().connection.client, place),
    async openThread(debate, title) {
      const { connection, board } = now();
      const note = await advice(connection.client, debate);
      const standing = { debate, status: debate.status, title, progress: null, note };
      const thread = await openThread(connection, debate, title, encodeStanding(standing, connection.host.verbs));
      const held = { ...debate, thread };
      debates.set(thread.thread, held);
      board.opened({ ...standing, debate: held });
      return thread;
    },
    split: splitTurn,
    async post(message) {
      const { connection, webhooks, board } = now();
      const { debate } = message;
      debates.set(debate.thread.thread, debate);
      board.quiet(debate);
      return postTurn(connection, webhooks, message);
    },
    find: (message) => findTurn(now().connection, message),
    progress(progress) {
      const { debate } = progress;
      debates.set(debate.thread.thread, debate);
      live?.board.show(debate, { status: debate.status, progress });
    },
    notice(debate, text) {
      if (!live) return;
      const { connection } = live;
      notices += 1;
      const key = `${debate.id}:notice:${notices}:${Date.now()}`;
      sendOnce(connection.rest, debate.thread.thread, plain(toDiscord(text)), key).catch((error: unknown) =>
        connection.log('a notice could not be posted', { workspace: debate.workspace, debate: debate.id }, error),
      );
    },
    rested(debate, status) {
      live?.board.show({ ...debate, status }, { status });
    },
    tell: (place, notice) => tell(now().connection, place, notice),
    popularLinks: (place, since) => popularLinks(now().connection, place, since),
    linkTo: (workspace, { thread }) => threadAddress(workspace, thread),
    async roleName(workspace, role) {
      return rolesOf(now().connection.client, workspace).find(({ id }) => id === role)?.name ?? role;
    },
  };
}

async function goLive(
  client: Client<true>,
  host: Host,
  debates: Map<string, Debate>,
  options: DiscordOptions,
  hears: boolean,
): Promise<Live> {
  const { log, token, apiUrl, guildId, callsPerSecond = 50 } = options;
  // A post whose answer is lost may have arrived: only the core, which looks first, may repeat it.
  const once = new REST({ version: '10', api: apiUrl, retries: 0, globalRequestsPerSecond: callsPerSecond }).setToken(
    token,
  );
  const connection: Connection = { client, rest: client.rest, once, host, debates, log };
  const applicationId = client.application.id;
  if (hears) {
    client.on(
      Events.InteractionCreate,
      eachOnce((interaction) => void onInteraction(interaction, connection)),
    );
    client.on(
      Events.MessageCreate,
      eachOnce((message) => void onMessage(message, connection)),
    );
    client.on(Events.MessageUpdate, (_, message) => void onEdit(message, connection));
    client.on(Events.MessageDelete, (message) => void onDelete(message, connection));
    const isNew = await registerCommands(client.rest, applicationId, guildId, renderCommands(host.verbs));
    log(isNew ? 'commands registered' : 'commands are registered already', {});
  }
  return {
    connection,
    webhooks: createWebhooks(client.rest, once, applicationId),
    board: createStatusBoard(connection),
  };
}

/** Events of this many a session that resumes may bring once more. */
const REMEMBERED = 10_000;

function eachOnce<T extends { readonly id: string }>(take: (event: T) => void): (event: T) => void {
  const seen = new Set<string>();
  return (event) => {
    if (seen.has(event.id)) return;
    seen.add(event.id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    take(event);
  };
}

/** What would make the debate read better there, in its language; null: nothing is missing. */
async function advice(client: Client<true>, { thread, language }: Debate): Promise<string | null> {
  const channel = await client.channels.fetch(thread.channel).catch(() => null);
  if (!channel || channel.isDMBased()) return null;
  const me = channel.guild.members.me ?? (await channel.guild.members.fetchMe());
  const missing = missingNames(channel.permissionsFor(me), language, { opens: true, optional: true });
  return missing.length === 0 ? null : `${WORDS.withoutHooks[language === 'es' ? 'es' : 'en']} (#${channel.name})`;
}
