/** What the app asks of Slack, as the manifest to paste when it is made. Pure. */
import type { Localised } from '../../src/debate.ts';

interface Scope {
  readonly name: string;
  /** What for. */
  readonly why: Localised;
  /** A debate can do without. */
  readonly isOptional?: true;
}

const NEEDS: readonly Scope[] = [
  { name: 'app_mentions:read', why: { en: 'being called', es: 'que se le llame' } },
  { name: 'chat:write', why: { en: 'writing', es: 'escribir' } },
  { name: 'commands', why: { en: '/debate', es: '/debate' } },
  { name: 'channels:history', why: { en: 'hearing people in threads', es: 'oír a la gente en los hilos' } },
  { name: 'channels:read', why: { en: 'knowing where it is', es: 'saber dónde está' } },
  { name: 'files:read', why: { en: 'PDFs people share', es: 'los PDF que se comparten' } },
  { name: 'im:history', why: { en: 'direct messages', es: 'mensajes directos' } },
  { name: 'im:read', why: { en: 'direct messages', es: 'mensajes directos' } },
  { name: 'im:write', why: { en: 'direct messages', es: 'mensajes directos' } },
  {
    name: 'users:read',
    why: { en: 'names, languages and who is an admin', es: 'nombres, idiomas y quién administra' },
  },
  {
    name: 'chat:write.customize',
    why: { en: 'names and faces of personas', es: 'nombres y caras de la mesa' },
    isOptional: true,
  },
  { name: 'assistant:write', why: { en: 'suggested prompts', es: 'sugerencias' }, isOptional: true },
  {
    name: 'channels:join',
    why: { en: 'coming into public channels by itself', es: 'entrar solo en canales públicos' },
    isOptional: true,
  },
  { name: 'files:write', why: { en: 'handing out records', es: 'entregar actas' }, isOptional: true },
  { name: 'groups:history', why: { en: 'private channels', es: 'canales privados' }, isOptional: true },
  { name: 'groups:read', why: { en: 'private channels', es: 'canales privados' }, isOptional: true },
  { name: 'mpim:history', why: { en: 'group messages', es: 'mensajes de grupo' }, isOptional: true },
  { name: 'mpim:read', why: { en: 'group messages', es: 'mensajes de grupo' }, isOptional: true },
  {
    name: 'usergroups:read',
    why: { en: 'user groups as roles', es: 'grupos de usuarios como roles' },
    isOptional: true,
  },
];

export const SCOPES: readonly string[] = NEEDS.map(({ name }) => name);

const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'assistant_thread_started',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'tokens_revoked',
];

/** What somebody who opens a conversation with it might ask. */
const PROMPTS = [
  { title: 'Debate a paper', message: 'start https://arxiv.org/abs/2502.21321' },
  { title: 'Who sits on the panel?', message: 'personas' },
  { title: 'What was debated so far?', message: 'list' },
];

/** Scopes that are not granted; `optional`: those a debate can do without. */
export function missingScopes(granted: readonly string[], optional: boolean): readonly Scope[] {
  return NEEDS.filter((scope) => (scope.isOptional ?? false) === optional && !granted.includes(scope.name));
}

/** `address`: where Slack reaches us by HTTP; null: it is called by socket. */
export function manifestFor(address: string | null) {
  const requests = address === null ? {} : { request_url: `${address}/slack/events` };
  const url = address === null ? {} : { url: `${address}/slack/events` };
  return {
    display_information: {
      name: 'Tertulia',
      description: 'A panel of AI personas debates an article in a thread and sums up what a team can act on.',
      background_color: '#1f2937',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      agent_view: {
        agent_description: 'Convenes a panel that debates an article or a question.',
        suggested_prompts: PROMPTS,
      },
      bot_user: { display_name: 'Tertulia', always_online: true },
      shortcuts: [
        { name: 'Start a debate', type: 'global', callback_id: 'debate_start', description: 'Debate an article' },
        { name: 'Debate this', type: 'message', callback_id: 'debate_this', description: 'Debate this message' },
      ],
      slash_commands: [
        {
          command: '/debate',
          ...url,
          description: 'A panel of personas debates an article',
          usage_hint: 'start https://… | help',
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(address !== null && { redirect_urls: [`${address}/slack/oauth_redirect`] }),
      scopes: { bot: [...SCOPES] },
    },
    settings: {
      event_subscriptions: { ...requests, bot_events: EVENTS },
      interactivity: { is_enabled: true, ...requests },
      org_deploy_enabled: address !== null,
      socket_mode_enabled: address === null,
      token_rotation_enabled: false,
    },
  };
}
