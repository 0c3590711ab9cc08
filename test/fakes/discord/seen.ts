/** What readers see of what this Discord holds. */
import { ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { buttonsOf, plainText, selectsOf } from './components.ts';
import type { Room, SeenMessage } from './index.ts';
import type { Channel, File, Message, World } from './world.ts';

const CDN = /^https:\/\/cdn\.discordapp\.com/;

export function seenMessage(world: World, message: Message): SeenMessage {
  const { api } = message;
  const webhook = api.webhook_id !== undefined && api.webhook_id !== world.bot.id;
  const flags = api.flags ?? 0;
  const avatar = message.avatarUrl ?? userAvatar(world, api.author.id, api.author.avatar);
  const components = api.components ?? [];
  return {
    id: api.id,
    author: webhook ? api.author.username : world.shownName(api.author.id, message.guildId),
    authorId: api.author.id,
    avatar,
    face: avatar === null ? null : fileAt(world, avatar),
    content: api.content,
    text: textOf(message),
    buttons: buttonsOf(components),
    selects: selectsOf(components),
    files: api.attachments.map(({ filename, url }) => {
      const { contentType, bytes } = fileAt(world, url) ?? { contentType: '', bytes: new Uint8Array() };
      return { name: filename, url, contentType, bytes };
    }),
    byWebhook: webhook,
    byBot: api.author.bot === true,
    ephemeral: message.visibleTo !== null,
    thinking: (flags & MessageFlags.Loading) !== 0,
    edited: api.edited_timestamp !== null,
    reactions: Object.fromEntries([...message.reactors].map(([emoji, who]) => [emoji, who.size])),
    pings: message.pings,
    raw: structuredClone(api),
  };
}

/** `**Name** (thread starter)` and the like have no words of their own. */
function textOf({ api, votes }: Message): string {
  const starter = api.type === MessageType.ThreadStarterMessage;
  const embeds = api.embeds.map((embed) => {
    const fields = (embed.fields ?? []).map((field) => `${field.name}\n${field.value}`);
    const parts = [embed.author?.name, embed.title, embed.description, ...fields, embed.footer?.text];
    return parts.filter((part) => part !== undefined && part !== '').join('\n');
  });
  const poll = (api.poll?.answers ?? []).map(
    (one) => `( ) ${one.poll_media.text ?? ''} (${votes.get(one.answer_id)?.size ?? 0})`,
  );
  const question = api.poll === undefined ? [] : [api.poll.question.text ?? '', ...poll];
  const files = api.attachments.map((file) => `[file: ${file.filename}]`);
  const content = starter && api.referenced_message ? api.referenced_message.content : api.content;
  const parts = [content, ...embeds, ...question, plainText(api.components ?? []), ...files];
  return parts.filter((part) => part !== '').join('\n');
}

function userAvatar(world: World, id: string, hash: string | null): string | null {
  return hash === null ? null : `${world.cdn}/avatars/${id}/${hash}.png`;
}

/** What this Discord's CDN has at an address; null elsewhere. Clients drop the query where none is needed. */
function fileAt(world: World, url: string): File | null {
  const path = url.startsWith(world.cdn) ? url.slice(world.cdn.length) : CDN.test(url) ? url.replace(CDN, '') : null;
  if (path === null) return null;
  return world.files.get(path) ?? world.files.get(path.split('?')[0] ?? path) ?? null;
}

export function room(world: World, channel: Channel): Room {
  const visible = () => channel.messages.filter((message) => message.visibleTo === null);
  return {
    id: channel.id,
    get name() {
      return channel.type === ChannelType.DM ? `@${world.shownName(channel.recipients[0] ?? '', null)}` : channel.name;
    },
    guildId: channel.guildId,
    parentId: channel.parentId,
    get messages() {
      return visible().map((message) => seenMessage(world, message));
    },
    message: (id) => seenMessage(world, world.message(channel, id)),
    get threads() {
      return world.threadsOf(channel.id).map((thread) => room(world, thread));
    },
    get archived() {
      return channel.thread?.archived ?? false;
    },
    get locked() {
      return channel.thread?.locked ?? false;
    },
    get deleted() {
      return channel.deleted;
    },
    get autoArchiveMinutes() {
      return channel.thread?.autoArchiveMinutes ?? null;
    },
    get webhooks() {
      const mine = [...world.webhooks.values()].filter((hook) => hook.channel_id === channel.id);
      return mine.map((hook) => ({ id: hook.id, name: hook.name ?? '' }));
    },
    get typed() {
      return channel.typed;
    },
  };
}
