/** What the host answers, to the person who asked. */
import type { RespondFn } from '@slack/bolt';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Attachment, Reply } from '../../src/ports/host.ts';
import { splitMarkdown } from '../../src/text/split.ts';
import { patiently, refusedWith } from './clients.ts';
import type { Connection, Workspace } from './connection.ts';
import { invitationBlocks } from './controls.ts';
import { type Body, context, plain, QUIET } from './encode.ts';
import { escaped } from './mrkdwn.ts';
import { metadataOf } from './own.ts';
import { WORDS } from './words.ts';

/** Longer answers are a file, of which the beginning is shown. UTF-16 units. */
const LONGEST = 6000;

/** Who asked, and how an answer reaches them. */
export interface Asker {
  readonly workspace: Workspace;
  readonly user: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly language: Language;
  /** Where Slack gave an address to answer to. */
  readonly respond?: RespondFn;
}

/** Answers so that only they see it; what is long or a file comes as a direct message. */
export async function answer(connection: Connection, asker: Asker, reply: Reply): Promise<void> {
  const { text, attachment, debateId, invites = [] } = reply;
  const isLong = text.length > LONGEST;
  const files = [
    ...(attachment ? [attachment] : []),
    ...(isLong ? [{ name: `${debateId ?? 'tertulia'}.md`, mediaType: 'text/markdown', content: text }] : []),
  ];
  for (const file of files) await sendFile(asker, file);
  const sent = files.length > 0 ? inLanguage(WORDS.sentFile, asker.language) : '';
  const [beginning = ''] = isLong ? splitMarkdown(text, LONGEST) : [text];
  const words = [attachment ? '' : beginning, sent].filter(Boolean).join('\n\n');
  if (words === '' && files.length === 0 && text === '') return;
  const body = plain(words || inLanguage(WORDS.done, asker.language));
  const link = await linkTo(connection, asker, debateId);
  const held = { debate: '', channel: asker.channel, thread: asker.thread ?? '' };
  const buttons = invitationBlocks(invites, connection.host.verbs, held, asker.language);
  await tell(asker, { ...body, blocks: [...body.blocks, ...(link ? [link] : []), ...buttons] });
}

/** One sentence on what went wrong; only what the person can put right is told in detail. */
export async function answerFailure(connection: Connection, asker: Asker, error: unknown): Promise<void> {
  if (!(error instanceof InputError))
    connection.log('something asked for failed', { workspace: asker.workspace.id }, error);
  const text = error instanceof InputError ? error.in(asker.language) : inLanguage(WORDS.failed, asker.language);
  await tell(asker, plain(text));
}

/** The way to a debate that is held elsewhere than where it was asked about. */
async function linkTo({ debates, log }: Connection, { workspace, thread, language }: Asker, debateId?: string) {
  const debate = [...debates.values()].findLast(({ id }) => id === debateId);
  if (!debate || debate.thread.thread === '' || debate.thread.thread === thread) return null;
  const { channel, thread: message_ts } = debate.thread;
  try {
    const { permalink } = await patiently(() => workspace.rest.chat.getPermalink({ channel, message_ts }));
    return permalink ? context(`<${escaped(permalink)}|${inLanguage(WORDS.read, language)}>`) : null;
  } catch (error) {
    log('a link could not be had', { workspace: workspace.id, debate: debate.id }, error);
    return null;
  }
}

/** By the address Slack gave, else where they are, else in the conversation with them. */
async function tell({ workspace, user, channel, thread, respond }: Asker, body: Body): Promise<void> {
  const { rest } = workspace;
  if (respond) {
    const isTold = await respond({ response_type: 'ephemeral', replace_original: false, ...body }).then(
      () => true,
      () => false,
    );
    if (isTold) return;
  }
  const metadata = metadataOf('answer', `${channel}:${user}`);
  if (channel !== '' && !channel.startsWith('D')) {
    try {
      await patiently(() =>
        rest.chat.postEphemeral({ channel, user, ...(thread && { thread_ts: thread }), ...body, parse: 'none' }),
      );
      return;
    } catch (error) {
      if (!refusedWith(error, 'channel_not_found', 'not_in_channel', 'user_not_in_channel', 'is_archived')) throw error;
    }
  }
  const isHere = channel.startsWith('D') && thread !== null;
  const target = channel.startsWith('D') ? channel : user;
  await patiently(() =>
    rest.chat.postMessage({ channel: target, ...(isHere && { thread_ts: thread }), ...body, ...QUIET, metadata }),
  );
}

async function sendFile({ workspace, user }: Asker, { name, content }: Attachment): Promise<void> {
  const { channel } = await patiently(() => workspace.rest.conversations.open({ users: user }));
  if (!channel?.id) throw new Error('a direct message could not be opened');
  const target = channel.id;
  const file = { filename: name, title: name, content };
  await patiently(() => workspace.rest.filesUploadV2({ channel_id: target, ...file }));
}
