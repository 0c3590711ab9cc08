/** The rules of messages that the schemas leave out. */
import {
  type APIAllowedMentions,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  MessageFlags,
  type RESTAPIAttachment,
  type RESTAPIMessageReference,
  type RESTAPIPoll,
} from 'discord-api-types/v10';
import { componentFaults, count, length } from './components.ts';
import { type FormFault, invalidForm, refusal } from './errors.ts';
import type { Upload } from './index.ts';

/** What every way to send or edit a message has in common. */
export interface MessageBody {
  readonly content?: string | null | undefined;
  readonly embeds?: readonly APIEmbed[] | null | undefined;
  readonly components?: readonly APIMessageTopLevelComponent[] | null | undefined;
  readonly flags?: number | null | undefined;
  readonly attachments?: readonly RESTAPIAttachment[] | null | undefined;
  readonly poll?: RESTAPIPoll | null | undefined;
  readonly allowed_mentions?: APIAllowedMentions | null | undefined;
  readonly message_reference?: RESTAPIMessageReference | null | undefined;
  readonly nonce?: number | string | undefined;
  readonly enforce_nonce?: boolean | undefined;
  readonly sticker_ids?: readonly string[] | undefined;
  readonly tts?: boolean | undefined;
}

const MOST_CONTENT = 2000;
const MOST_EMBED_TEXT = 6000;
const SENDABLE =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2 |
  MessageFlags.IsVoiceMessage;

/** What is there already when a message is edited. */
export interface Before {
  readonly v2: boolean;
  readonly files: readonly string[];
}

/** Throws what Discord refuses of a message. `before`: it is an edit. */
export function checkMessage(
  body: MessageBody,
  files: ReadonlyMap<string, Upload>,
  options: { readonly before: Before | null; readonly interaction: boolean; readonly maxFileBytes: number },
): void {
  const { before } = options;
  const flags = body.flags ?? 0;
  const v2 = (flags & MessageFlags.IsComponentsV2) !== 0 || (before?.v2 ?? false);
  const names = new Set([...[...files.values()].map((file) => file.name), ...(before?.files ?? [])]);
  const faults = [
    ...length('content', body.content, 0, MOST_CONTENT),
    ...flagFaults(flags, options.interaction, before),
    ...embedFaults(body.embeds ?? []),
    ...pollFaults(body.poll ?? null),
    ...fileFaults(body.attachments ?? [], files, before !== null),
    ...mentionFaults(body.allowed_mentions ?? null),
    ...(body.components ? componentFaults(body.components, v2, names) : []),
    ...length('nonce', body.nonce === undefined ? undefined : String(body.nonce), 0, 25),
    ...(v2 ? legacyFaults(body) : []),
  ];
  if (faults.length > 0) throw invalidForm(faults);
  if ([...files.values()].some((file) => file.bytes.length > options.maxFileBytes)) throw refusal(40005);
  if (before === null && isEmpty(body, files)) throw refusal(50006);
}

function isEmpty(body: MessageBody, files: ReadonlyMap<string, Upload>): boolean {
  const parts = [body.embeds, body.components, body.sticker_ids];
  const some = parts.some((list) => (list?.length ?? 0) > 0) || files.size > 0 || Boolean(body.poll);
  return !some && (body.content ?? '').trim() === '' && body.message_reference?.type !== 1;
}

const fault = (path: string, code: string, message: string): FormFault => ({ path, code, message });

function flagFaults(flags: number, interaction: boolean, before: Before | null): FormFault[] {
  const allowed = SENDABLE | (interaction ? MessageFlags.Ephemeral | MessageFlags.Loading : 0);
  if ((flags & ~allowed) !== 0)
    return [fault('flags', 'BITFIELD_ADDITIONAL_FLAGS_INVALID', `Cannot be set: ${flags & ~allowed}`)];
  const voice = (flags & MessageFlags.IsVoiceMessage) !== 0 && before === null;
  return voice ? [fault('flags', 'VOICE_MESSAGE', 'Voice messages are not supported here.')] : [];
}

function legacyFaults(body: MessageBody): FormFault[] {
  const used = [
    body.content ? 'content' : '',
    body.embeds?.length ? 'embeds' : '',
    body.poll ? 'poll' : '',
    body.sticker_ids?.length ? 'sticker_ids' : '',
  ].filter((name) => name !== '');
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  return used.map((name) =>
    fault(name, code, `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`),
  );
}

function embedFaults(embeds: readonly APIEmbed[]): FormFault[] {
  const faults = [...count('embeds', embeds.length, 0, 10)];
  let total = 0;
  for (const [n, embed] of embeds.entries()) {
    const at = `embeds.${n}`;
    const fields = embed.fields ?? [];
    faults.push(
      ...length(`${at}.title`, embed.title, 0, 256),
      ...length(`${at}.description`, embed.description, 0, 4096),
      ...length(`${at}.footer.text`, embed.footer?.text, 0, 2048),
      ...length(`${at}.author.name`, embed.author?.name, 0, 256),
      ...count(`${at}.fields`, fields.length, 0, 25),
      ...fields.flatMap((field) => [
        ...length(`${at}.fields.name`, field.name, 1, 256),
        ...length(`${at}.fields.value`, field.value, 1, 1024),
      ]),
    );
    const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
    for (const text of [...texts, ...fields.flatMap((field) => [field.name, field.value])]) total += text?.length ?? 0;
  }
  if (total > MOST_EMBED_TEXT) {
    faults.push(fault('embeds', 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MOST_EMBED_TEXT}`));
  }
  return faults;
}

function pollFaults(poll: RESTAPIPoll | null): FormFault[] {
  if (poll === null) return [];
  const hours = poll.duration ?? 24;
  return [
    ...length('poll.question.text', poll.question.text ?? '', 1, 300),
    ...count('poll.answers', poll.answers.length, 1, 10),
    ...poll.answers.flatMap((answer) => length('poll.answers.poll_media.text', answer.poll_media.text ?? '', 1, 55)),
    ...(hours >= 1 && hours <= 768 ? [] : [fault('poll.duration', 'NUMBER_TYPE_MAX', `1 to 768 hours, is ${hours}`)]),
  ];
}

function fileFaults(
  attachments: readonly RESTAPIAttachment[],
  files: ReadonlyMap<string, Upload>,
  edit: boolean,
): FormFault[] {
  const strange = attachments.filter(
    (one) => !files.has(String(one.id)) && !(edit && /^\d{17,19}$/.test(String(one.id))),
  );
  return [
    ...count('attachments', Math.max(files.size, attachments.length), 0, 10),
    ...strange.map((one) => fault('attachments', 'ATTACHMENT_NOT_FOUND', `No file for attachment ${one.id}`)),
    ...[...files.values()].flatMap((file) => length('attachments.filename', file.name, 1, 1024)),
  ];
}

function mentionFaults(mentions: APIAllowedMentions | null): FormFault[] {
  const parse: readonly string[] = mentions?.parse ?? [];
  const both = [
    parse.includes('users') && (mentions?.users?.length ?? 0) > 0 ? 'users' : '',
    parse.includes('roles') && (mentions?.roles?.length ?? 0) > 0 ? 'roles' : '',
  ].filter((name) => name !== '');
  return both.map((name) =>
    fault(
      'allowed_mentions',
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      `parse:["${name}"] and ${name}: [ids...] are mutually exclusive.`,
    ),
  );
}

/** What `strictMentions` finds wrong: a message of the bot that could notify anybody. */
export function couldMention(body: MessageBody): string | null {
  const says = Boolean(body.content) || (body.embeds?.length ?? 0) > 0 || (body.components?.length ?? 0) > 0;
  if (!says) return null;
  const mentions = body.allowed_mentions;
  if (mentions === undefined || mentions === null) return 'allowed_mentions is missing';
  const names = [...(mentions.parse ?? []), ...(mentions.users ?? []), ...(mentions.roles ?? [])];
  if (mentions.parse === undefined) return 'allowed_mentions has no parse: []';
  if (names.length > 0) return `allowed_mentions allows ${names.join(', ')}`;
  return mentions.replied_user === true ? 'allowed_mentions notifies the author replied to' : null;
}

/** A webhook's name, or the one it speaks under. */
export function checkWebhookName(path: string, name: string | null | undefined): void {
  if (name === undefined || name === null) return;
  const faults = length(path, name.trim(), 1, 80);
  const bad = /clyde|discord/i.exec(name)?.[0];
  if (bad !== undefined) {
    faults.push(fault(path, 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${bad.toLowerCase()}"`));
  }
  if (faults.length > 0) throw invalidForm(faults);
}

/** A face to speak under: Discord fetches it, so http(s) only. */
export function checkAvatarUrl(url: string | undefined): void {
  if (url === undefined || url === '') return;
  if (/^https?:\/\//.test(url) && url.length <= 2048) return;
  const message = `Not a well formed http(s) URL: ${url.slice(0, 60)}`;
  throw invalidForm([fault('avatar_url', 'URL_TYPE_INVALID_URL', message)]);
}

const IMAGES = [
  { contentType: 'image/png', starts: '89504e47' },
  { contentType: 'image/jpeg', starts: 'ffd8ff' },
  { contentType: 'image/gif', starts: '474946' },
  { contentType: 'image/webp', starts: '52494646' },
];

/** A picture in a body is a data URI; what it is, its bytes tell, as the library calls every picture a JPEG. */
export function parseImage(path: string, data: string): { contentType: string; bytes: Uint8Array } {
  const bytes = Buffer.from(/^data:image\/\w+;base64,(.+)$/.exec(data)?.[1] ?? '', 'base64');
  const kind = IMAGES.find((one) => bytes.toString('hex', 0, 4).startsWith(one.starts));
  if (kind !== undefined) return { contentType: kind.contentType, bytes };
  throw invalidForm([fault(path, 'IMAGE_INVALID', 'Not a data URI of a PNG, JPEG, GIF or WebP image')]);
}
