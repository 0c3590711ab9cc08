/** What readers see of what this Slack holds. */
import { lexer, walkTokens } from 'marked';
import { buttonsOf, parseBlock, partsOf, plainBlocks, selectsOf, wordsOf } from './blocks.ts';
import type { Context } from './context.ts';
import type { Room, SeenMessage, SeenView } from './index.ts';
import { expireStreams } from './methods/streams.ts';
import { mrkdwn, PLAIN, type Style } from './mrkdwn.ts';
import { filePayload } from './payloads.ts';
import type { Channel, Message, OpenView } from './world.ts';

/** A status goes by itself when nothing is sent. */
const STATUS_MS = 2 * 60_000;

export function seenMessage(context: Context, message: Message): SeenMessage {
  const { world } = context;
  const { author, blocks } = message;
  return {
    ts: message.ts,
    threadTs: message.threadTs,
    channelId: message.channelId,
    author: author.username ?? world.shownName(author.userId),
    authorId: author.userId,
    icon: author.iconEmoji ?? author.iconUrl,
    text: shownText(context, message),
    links: linksIn(context, message),
    fallback: message.text,
    blocks,
    buttons: buttonsOf(blocks, message.ts),
    selects: selectsOf(blocks, message.ts),
    files: message.files.map((file) => {
      const { id, name, mimetype: contentType, bytes } = file;
      return { id, name, contentType, bytes, url: filePayload(world, file).url_private };
    }),
    byBot: author.botId !== null,
    onlyFor: message.visibleTo,
    edited: message.edited !== null,
    streamed: message.stream !== null,
    streaming: message.stream?.state === 'in_progress',
    broadcast: message.broadcast,
    reactions: Object.fromEntries([...message.reactions].map(([name, users]) => [name, users.size])),
    pings: message.pings,
    metadata: message.metadata,
    unfurls: message.unfurl.links && linksIn(context, message).length > 0,
  };
}

function shownText({ world }: Context, { blocks, text, attachments, files }: Message): string {
  const words = blocks.length > 0 ? plainBlocks(world, blocks) : mrkdwn(world, text, PLAIN);
  const more = attachments.map((one) => mrkdwn(world, one.text ?? one.fallback ?? '', PLAIN));
  return [words, ...more, ...files.map(({ name }) => `[file: ${name}]`)].filter((one) => one !== '').join('\n');
}

function linksIn({ world }: Context, { blocks, text }: Message): { text: string; url: string }[] {
  const links: { text: string; url: string }[] = [];
  const style: Style = {
    ...PLAIN,
    link: (url, label) => {
      links.push({ url, text: label });
      return label;
    },
  };
  if (blocks.length === 0) mrkdwn(world, text, style);
  for (const given of blocks) {
    const one = parseBlock(given);
    const texts = [one.text, ...(one.fields ?? []), ...(one.elements ?? [])];
    if (one.type === 'markdown') {
      walkTokens(lexer(wordsOf(one.text)), (token) => {
        if (token.type === 'link') links.push({ url: String(token.href), text: String(token.text) });
      });
    } else {
      for (const it of texts) {
        if (typeof it === 'object' && 'text' in it && typeof it.text === 'string') mrkdwn(world, it.text, style);
      }
    }
  }
  return links;
}

export function room(context: Context, channel: Channel): Room {
  const { world } = context;
  const visible = () => {
    expireStreams(context, channel);
    return channel.messages.filter((one) => one.visibleTo === null && !one.deleted);
  };
  return {
    id: channel.id,
    teamId: channel.teamId,
    kind: channel.kind,
    get name() {
      return channel.name;
    },
    get archived() {
      return channel.archived;
    },
    get messages() {
      const top = visible().filter((one) => one.threadTs === null || one.broadcast);
      return top.map((one) => seenMessage(context, one));
    },
    thread: (ts) => {
      const inside = visible().filter((one) => one.ts === ts || one.threadTs === ts);
      return inside.map((one) => seenMessage(context, one));
    },
    message: (ts) => {
      expireStreams(context, channel);
      return seenMessage(context, world.message(channel, ts));
    },
    status: (threadTs) => {
      const status = world.statuses.get(`${channel.id} ${threadTs}`);
      return status === undefined || world.clock.now() - status.at > STATUS_MS ? null : status;
    },
    title: (threadTs) => world.titles.get(`${channel.id} ${threadTs}`) ?? null,
    get pins() {
      return [...channel.pins];
    },
    get bookmarks() {
      return channel.bookmarks.map(({ title, link }) => ({ title, link }));
    },
  };
}

export function seenView({ world }: Context, open: OpenView): SeenView {
  return {
    id: open.id,
    get type() {
      return open.view.type === 'home' ? 'home' : 'modal';
    },
    get callbackId() {
      return open.view.callback_id ?? '';
    },
    get title() {
      return open.view.type === 'modal' ? open.view.title.text : '';
    },
    get text() {
      return plainBlocks(world, open.view.blocks);
    },
    get fields() {
      const inputs = partsOf(open.view.blocks, open.id).filter(({ input }) => input !== null);
      return inputs.map(({ blockId, actionId, element, input }) => ({
        blockId,
        actionId,
        label: input?.label ?? '',
        type: element.type,
        optional: input?.optional ?? false,
        initial: initialOf(element),
        options: (element.options ?? []).map((it) => ({ text: it.text.text, value: it.value })),
      }));
    },
    get buttons() {
      return buttonsOf(open.view.blocks, open.id);
    },
    get selects() {
      return selectsOf(open.view.blocks, open.id);
    },
    get privateMetadata() {
      return open.view.private_metadata ?? '';
    },
    get open() {
      return open.open;
    },
    get view() {
      return open.view;
    },
  };
}

/** What an element holds before anybody touched it. */
export function initialOf(one: ReturnType<typeof partsOf>[number]['element']): string | readonly string[] {
  if (one.initial_options !== undefined) return one.initial_options.map(({ value }) => value);
  const lists = one.initial_users ?? one.initial_conversations;
  if (lists !== undefined) return lists;
  const single = one.initial_option?.value ?? one.initial_user ?? one.initial_channel ?? one.initial_conversation;
  const typed = typeof one.initial_value === 'string' ? one.initial_value : undefined;
  return single ?? typed ?? one.initial_date ?? one.initial_time ?? '';
}
