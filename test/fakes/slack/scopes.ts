/** Which scopes which method needs. */
import { refusal } from './errors.ts';
import type { Method } from './schema.ts';
import type { ChannelKind, Installation } from './world.ts';

/** One of them will do; none: no scope is needed. */
const NEEDED: Partial<Record<Method, readonly string[]>> = {
  'assistant.threads.setStatus': ['chat:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'assistant.threads.setTitle': ['assistant:write'],
  'bookmarks.add': ['bookmarks:write'],
  'bookmarks.list': ['bookmarks:read'],
  'bookmarks.remove': ['bookmarks:write'],
  'bots.info': ['users:read'],
  'chat.appendStream': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.join': ['channels:join'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'pins.add': ['pins:write'],
  'pins.list': ['pins:read'],
  'pins.remove': ['pins:write'],
  'reactions.add': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'reactions.remove': ['reactions:write'],
  'team.info': ['team:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
};

const FAMILY: Readonly<Record<ChannelKind, string>> = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' };
const ALL_KINDS: readonly ChannelKind[] = ['public', 'private', 'im', 'mpim'];

/** Scopes for one right over conversations, whose needed scope depends on their kind. */
export function conversationScopes(right: 'history' | 'read' | 'write', kinds = ALL_KINDS): string[] {
  return kinds.map((kind) => (right === 'write' && kind === 'public' ? 'channels:manage' : `${FAMILY[kind]}:${right}`));
}

/** Rights over conversations a method needs, checked again once the conversation is known. */
const BY_KIND: Partial<Record<Method, 'history' | 'read' | 'write'>> = {
  'conversations.history': 'history',
  'conversations.replies': 'history',
  'conversations.info': 'read',
  'conversations.list': 'read',
  'conversations.members': 'read',
  'conversations.open': 'write',
};

export function accepted(method: Method): readonly string[] {
  const right = BY_KIND[method];
  return right === undefined ? (NEEDED[method] ?? []) : conversationScopes(right);
}

export function requireOneOf(installation: Installation, scopes: readonly string[]): void {
  if (scopes.length === 0 || scopes.some((scope) => installation.scopes.has(scope))) return;
  throw refusal('missing_scope', { needed: scopes[0] ?? '', provided: [...installation.scopes].join(',') });
}

/** `missing_scope` where the token lacks what the method needs for that kind of conversation. */
export function requireFor(installation: Installation, method: Method, kind: ChannelKind): void {
  const right = BY_KIND[method];
  if (right !== undefined) requireOneOf(installation, conversationScopes(right, [kind]));
}
