/** Gateway address, users, the application, guilds, and the callback of interactions. */
import type { APIUser, RESTPatchAPICurrentUserJSONBody } from 'discord-api-types/v10';
import { length } from '../components.ts';
import { invalidForm, refusal } from '../errors.ts';
import { channelPayload, guildPayload, memberPayload, messagePayload, threadMember } from '../payloads.ts';
import { permissionsIn } from '../permissions.ts';
import { dmWith } from '../places.ts';
import { parseImage } from '../rules.ts';
import type { Channel, Guild, World } from '../world.ts';
import type { Context } from './context.ts';

export function placeRoutes(context: Context): void {
  const { world, router, gatewayUrl } = context;
  router.on('GET /gateway', () => ({ url: gatewayUrl() }));
  router.on('GET /gateway/bot', () => ({
    url: gatewayUrl(),
    shards: 1,
    session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
  }));
  userRoutes(context);
  applicationRoutes(context);
  guildRoutes(context);

  router.on('POST /interactions/:interaction/:token/callback', ({ at, body, query, files }) => {
    const asked = context.interactions.respond(at('interaction'), at('token'), body, files);
    if (query.with_response !== true) return undefined;
    const { original } = asked;
    const resource =
      original === null ? {} : { resource: { type: body.type, message: messagePayload(world, original) } };
    const message = original === null ? {} : { response_message_id: original.api.id };
    const flags = {
      response_message_loading: asked.original?.api.flags === 128,
      response_message_ephemeral: asked.ephemeral,
    };
    return {
      interaction: { id: asked.id, type: asked.type, ...message, ...(original === null ? {} : flags) },
      ...resource,
    };
  });
}

function userRoutes({ world, router }: Context): void {
  router.on('GET /users/@me', () => self(world));
  router.on('PATCH /users/@me', ({ body }) => changeBot(world, body));
  router.on('GET /users/@me/guilds', () =>
    [...world.guilds.values()]
      .filter((guild) => guild.members.has(world.bot.id))
      .map(({ id, name }) => ({ id, name, icon: null, banner: null, owner: false, features: [], permissions: '0' })),
  );
  router.on('GET /users/:user', ({ at }) => world.user(at('user')));
  router.on('POST /users/@me/channels', ({ body }) => {
    const user = world.users.get(body.recipient_id);
    if (user === undefined)
      throw invalidForm([{ path: 'recipient_id', code: 'INVALID_RECIPIENT', message: 'Invalid recipient' }]);
    if (user.bot === true) throw refusal(50007);
    return channelPayload(world, dmWith(world, user.id));
  });
}

function self(world: World): object {
  return { ...world.bot, verified: true, mfa_enabled: true, email: null, locale: 'en-US' };
}

function changeBot(world: World, body: RESTPatchAPICurrentUserJSONBody): object {
  const faults = length('username', body.username, 2, 32);
  if (faults.length > 0) throw invalidForm(faults);
  world.bot.username = body.username ?? world.bot.username;
  if (body.avatar) {
    world.bot.avatar = world.snowflake();
    world.keep(`/avatars/${world.bot.id}/${world.bot.avatar}.png`, parseImage('avatar', body.avatar));
  }
  return self(world);
}

/** The application, as its owner set it up. */
function applicationPayload(world: World): object {
  return {
    id: world.bot.id,
    name: world.bot.global_name ?? world.bot.username,
    icon: null,
    description: '',
    type: null,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: world.bot.id.padStart(64, '0'),
    flags: 1 << 19,
    flags_new: String(1 << 19),
    summary: '',
    team: null,
    owner: world.bot,
    bot: world.bot,
    integration_types_config: Object.fromEntries(world.installations.map((way) => [way, {}])),
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    eligible_oauth2_scopes: [],
    hook: true,
    is_monetized: false,
    is_verified: false,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    explicit_content_filter: 0,
    tags: [],
    max_participants: null,
  };
}

function applicationRoutes({ world, router }: Context): void {
  const MOST_EMOJI_BYTES = 256 * 1024;
  router.on('GET /applications/@me', () => applicationPayload(world));
  router.on('GET /oauth2/applications/@me', () => applicationPayload(world));

  const mine = (id: string) => {
    if (id !== world.bot.id) throw refusal(10002);
  };
  const emoji = (id: string) => {
    const found = world.emojis.get(id);
    if (found === undefined) throw refusal(10014);
    return found;
  };
  router.on('GET /applications/:application/emojis', ({ at }) => {
    mine(at('application'));
    return { items: [...world.emojis.values()] };
  });
  router.on('POST /applications/:application/emojis', ({ at, body }) => {
    mine(at('application'));
    const image = parseImage('image', body.image);
    const taken = [...world.emojis.values()].some((one) => one.name === body.name);
    const faults = [...length('name', body.name, 2, 32)];
    if (!/^\w+$/.test(body.name))
      faults.push({ path: 'name', code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' });
    if (taken)
      faults.push({
        path: 'name',
        code: 'APPLICATION_EMOJI_NAME_ALREADY_TAKEN',
        message: 'This name is already taken',
      });
    if (image.bytes.length > MOST_EMOJI_BYTES)
      faults.push({ path: 'image', code: 'BINARY_TYPE_MAX_SIZE', message: 'File cannot be larger than 256.0 kb.' });
    if (faults.length > 0) throw invalidForm(faults);
    const id = world.snowflake();
    const user: APIUser = world.bot;
    const shared = { roles: [], require_colons: true, managed: false, animated: false, available: true };
    world.emojis.set(id, { id, name: body.name, user, ...shared });
    for (const ending of ['png', 'webp', 'gif']) world.keep(`/emojis/${id}.${ending}`, image);
    return world.emojis.get(id);
  });
  router.on('GET /applications/:application/emojis/:emoji', ({ at }) => emoji(at('emoji')));
  router.on('PATCH /applications/:application/emojis/:emoji', ({ at, body }) =>
    Object.assign(emoji(at('emoji')), { name: body.name }),
  );
  router.on('DELETE /applications/:application/emojis/:emoji', ({ at }) => {
    emoji(at('emoji'));
    world.emojis.delete(at('emoji'));
  });
}

function guildRoutes({ world, router }: Context): void {
  const visible = (id: string): Guild => {
    const guild = world.guild(id);
    if (!guild.members.has(world.bot.id)) throw refusal(50001);
    return guild;
  };
  const member = (guild: Guild, id: string) => {
    const found = guild.members.get(id);
    if (found === undefined) throw refusal(world.users.has(id) ? 10007 : 10013);
    return found;
  };
  const channels = (guild: Guild) =>
    [...world.channels.values()].filter((one) => one.guildId === guild.id && !one.deleted);
  const seesIt = (channel: Channel) => permissionsIn(world, channel, world.bot.id) !== 0n;

  router.on('GET /guilds/:guild', ({ at, query }) => {
    const guild = visible(at('guild'));
    const counts = { approximate_member_count: guild.members.size, approximate_presence_count: guild.members.size };
    return { ...guildPayload(guild), ...(query.with_counts === true ? counts : {}) };
  });
  router.on('GET /guilds/:guild/channels', ({ at }) =>
    channels(visible(at('guild')))
      .filter((one) => one.thread === null)
      .map((one) => channelPayload(world, one)),
  );
  router.on('GET /guilds/:guild/threads/active', ({ at }) => {
    const active = channels(visible(at('guild'))).filter((one) => one.thread?.archived === false && seesIt(one));
    const joined = active.filter((one) => one.thread?.members.has(world.bot.id));
    return {
      threads: active.map((one) => channelPayload(world, one)),
      members: joined.map((one) => threadMember(one, world.bot.id)),
      has_more: false,
    };
  });
  router.on('GET /guilds/:guild/roles', ({ at }) => [...visible(at('guild')).roles.values()]);
  router.on('GET /guilds/:guild/members', ({ at, query }) =>
    [...visible(at('guild')).members.values()].slice(0, query.limit ?? 1).map((one) => memberPayload(world, one)),
  );
  router.on('GET /guilds/:guild/members/:user', ({ at }) =>
    memberPayload(world, member(visible(at('guild')), at('user'))),
  );
  router.on('PATCH /guilds/:guild/members/@me', ({ at, body }) => {
    const me = member(visible(at('guild')), world.bot.id);
    me.nick = body.nick ?? null;
    return memberPayload(world, me);
  });
}
