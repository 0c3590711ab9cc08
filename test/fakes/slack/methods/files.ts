/** files.*: the two steps of an upload, and what a file is. */
import { randomBytes } from 'node:crypto';
import type { FilesGetUploadURLExternalResponse } from '@slack/web-api';
import { post } from '../compose.ts';
import type { Call, Context } from '../context.ts';
import { broken, refusal } from '../errors.ts';
import { filePayload } from '../payloads.ts';
import type { File } from '../world.ts';
import { checkMessageBlocks, mayPost, thread } from './chat.ts';
import type { Handlers } from './handlers.ts';

/** Uploads begun, by the secret of their address. */
interface Begun {
  readonly fileId: string;
  readonly name: string;
  readonly length: number;
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
  bytes: Uint8Array | null;
}
const begun = new WeakMap<Context['world'], Map<string, Begun>>();

function uploadsOf(context: Context): Map<string, Begun> {
  const known = begun.get(context.world) ?? new Map<string, Begun>();
  begun.set(context.world, known);
  return known;
}

export const fileMethods = {
  'files.getUploadURLExternal': (call, { filename, length }) => {
    if (length <= 0) throw broken('invalid_arguments', 'length must be positive');
    const secret = randomBytes(12).toString('base64url');
    const { botUserId, botId, teamId } = call.installation;
    const fileId = call.world.id('F');
    const home = teamId ?? call.team().id;
    uploadsOf(call.context).set(secret, {
      fileId,
      name: filename,
      length,
      teamId: home,
      botUserId,
      botId,
      bytes: null,
    });
    const upload_url = `${call.world.origin}/upload/v1/${secret}`;
    return { ok: true, upload_url, file_id: fileId } satisfies FilesGetUploadURLExternalResponse;
  },
  'files.completeUploadExternal': (call, { files, channel_id, thread_ts, initial_comment, blocks = [] }) => {
    checkMessageBlocks(blocks, 'invalid_blocks');
    const uploads = uploadsOf(call.context);
    const ready = files.map(({ id, title }) => {
      const [secret, one] = [...uploads].find(([, { fileId }]) => fileId === id) ?? [];
      if (secret === undefined || one?.bytes === null || one === undefined) throw refusal('file_not_found');
      return { secret, title: title ?? one.name, one, bytes: one.bytes };
    });
    const channel = channel_id === undefined ? null : call.channel(channel_id);
    if (channel !== null) mayPost(call, channel);
    const threadTs = channel === null ? null : thread(call, channel, thread_ts);
    const kept = ready.map(({ secret, title, one, bytes }) => {
      uploads.delete(secret);
      const { fileId: id, name, teamId, botUserId: userId, botId } = one;
      return keep(call.context, { id, name, title, teamId, userId, botId, mimetype: mimetype(name), bytes });
    });
    if (channel !== null) {
      const { botUserId: userId, botId } = call.installation;
      const author = { userId, botId, username: null, iconEmoji: null, iconUrl: null };
      post(call.context, {
        channel,
        author,
        text: initial_comment ?? '',
        blocks,
        files: kept,
        threadTs,
        subtype: 'file_share',
      });
    }
    return { ok: true, files: kept.map((file) => filePayload(call.world, file)) };
  },
  'files.info': (call, { file: id }) => {
    const file = call.world.files.get(id);
    if (file === undefined || !call.covers(file.teamId)) throw refusal('file_not_found');
    if (file.deleted) throw refusal('file_deleted');
    if (!sees(call, file)) throw refusal('file_not_found');
    return { ok: true, file: filePayload(call.world, file), comments: [] };
  },
} satisfies Partial<Handlers>;

/** Shared where the bot is, in public, or its own. */
export function sees(call: Pick<Call, 'world' | 'installation'>, file: File): boolean {
  const channels = [...file.channels].map((id) => call.world.channels.get(id));
  const { botUserId } = call.installation;
  return file.userId === botUserId || channels.some((one) => one?.kind === 'public' || one?.members.has(botUserId));
}

export function keep({ world }: Pick<Context, 'world'>, given: Omit<File, 'created' | 'channels' | 'deleted'>): File {
  const file: File = { ...given, created: world.clock.seconds(), channels: new Set(), deleted: false };
  world.files.set(file.id, file);
  return file;
}

/** The bytes of an upload begun; false: there is none such, or the length is not what was said. */
export function receiveUpload(context: Context, secret: string, bytes: Uint8Array): boolean {
  const one = uploadsOf(context).get(secret);
  if (one === undefined || bytes.length !== one.length) return false;
  one.bytes = bytes;
  return true;
}

const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  md: 'text/markdown',
  txt: 'text/plain',
  html: 'text/html',
  json: 'application/json',
  png: 'image/png',
};

function mimetype(name: string): string {
  return TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}
