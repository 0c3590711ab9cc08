/** The app as its settings pages have it: credentials, scopes, events, commands, shortcuts. */
import { randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';

/** The parts of an app manifest this Slack goes by; the rest is let be. */
const manifest = z.looseObject({
  display_information: z.looseObject({ name: z.string() }),
  features: z
    .looseObject({
      bot_user: z.looseObject({ display_name: z.string() }).optional(),
      slash_commands: z.array(z.looseObject({ command: z.string().startsWith('/') })).optional(),
      shortcuts: z
        .array(z.looseObject({ name: z.string(), type: z.enum(['global', 'message']), callback_id: z.string() }))
        .optional(),
      unfurl_domains: z.array(z.string()).optional(),
    })
    .optional(),
  oauth_config: z.looseObject({
    redirect_urls: z.array(z.string()).optional(),
    scopes: z.looseObject({ bot: z.array(z.string()).optional() }),
  }),
  settings: z
    .looseObject({
      event_subscriptions: z
        .looseObject({ request_url: z.string().optional(), bot_events: z.array(z.string()).optional() })
        .optional(),
      org_deploy_enabled: z.boolean().optional(),
      socket_mode_enabled: z.boolean().optional(),
    })
    .optional(),
});
export type Manifest = z.input<typeof manifest>;

/** What an app that holds debates asks for. */
const DEFAULT_MANIFEST: Manifest = {
  display_information: { name: 'Tertulia' },
  features: {
    bot_user: { display_name: 'Tertulia' },
    slash_commands: [{ command: '/debate' }],
    shortcuts: [
      { name: 'Start a debate', type: 'global', callback_id: 'debate_start' },
      { name: 'Debate this', type: 'message', callback_id: 'debate_this' },
    ],
    unfurl_domains: ['arxiv.org', 'example.org'],
  },
  oauth_config: {
    scopes: {
      bot: [
        'app_mentions:read',
        'assistant:write',
        'bookmarks:read',
        'bookmarks:write',
        'channels:history',
        'channels:join',
        'channels:read',
        'chat:write',
        'chat:write.customize',
        'commands',
        'files:read',
        'files:write',
        'groups:history',
        'groups:read',
        'im:history',
        'im:read',
        'im:write',
        'links:read',
        'mpim:history',
        'mpim:read',
        'mpim:write',
        'pins:read',
        'pins:write',
        'reactions:read',
        'reactions:write',
        'team:read',
        'usergroups:read',
        'users:read',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_home_opened',
        'app_mention',
        'app_uninstalled',
        'assistant_thread_context_changed',
        'assistant_thread_started',
        'link_shared',
        'member_joined_channel',
        'member_left_channel',
        'message.channels',
        'message.groups',
        'message.im',
        'message.mpim',
        'reaction_added',
        'reaction_removed',
        'tokens_revoked',
      ],
    },
    interactivity: { is_enabled: true },
    org_deploy_enabled: true,
    socket_mode_enabled: true,
  },
};

export interface AppSettings {
  readonly id: string;
  readonly name: string;
  readonly botName: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
  readonly scopes: readonly string[];
  readonly events: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
  readonly shortcuts: readonly { readonly name: string; readonly type: string; readonly callback_id: string }[];
  /** Links to these, and to what is below them, are told of. */
  readonly domains: readonly string[];
  readonly orgDeploy: boolean;
  readonly redirectUrls: Set<string>;
  socketMode: boolean;
  /** Where events, interactions and commands go by HTTP; null: nowhere. */
  requestUrl: string | null;
}

export function appSettings(given: Manifest = DEFAULT_MANIFEST): AppSettings {
  const { display_information, features, oauth_config, settings } = manifest.parse(given);
  return {
    id: `A0${randomBytes(5).toString('hex').slice(0, 9).toUpperCase()}`,
    name: display_information.name,
    botName: features?.bot_user?.display_name ?? display_information.name,
    clientId: `${randomInt(1e9, 9e9)}.${randomInt(1e9, 9e9)}`,
    clientSecret: randomBytes(16).toString('hex'),
    signingSecret: randomBytes(16).toString('hex'),
    verificationToken: randomBytes(12).toString('base64url'),
    scopes: oauth_config.scopes.bot ?? [],
    events: new Set(settings?.event_subscriptions?.bot_events),
    commands: new Set(features?.slash_commands?.map(({ command }) => command)),
    shortcuts: features?.shortcuts ?? [],
    domains: features?.unfurl_domains ?? [],
    orgDeploy: settings?.org_deploy_enabled ?? false,
    redirectUrls: new Set(oauth_config.redirect_urls),
    socketMode: settings?.socket_mode_enabled ?? false,
    requestUrl: null,
  };
}
