/** The app comes into a workspace or an organisation, and goes. */
import type { Context } from './context.ts';
import type { Installation, Team, World } from './world.ts';

interface Installing {
  readonly teamId: string | null;
  readonly enterpriseId: string | null;
  readonly by: string;
  readonly scopes: readonly string[];
}

/** A new token; who installed before keeps the bot, and the scopes add up. */
export function install({ world, app }: Pick<Context, 'world' | 'app'>, given: Installing): Installation {
  const before = world.installations.filter(
    (one) => one.teamId === given.teamId && one.enterpriseId === given.enterpriseId && one.state !== 'uninstalled',
  );
  const known = before.at(-1);
  const bot =
    known === undefined ? newBot(world, app.botName, given) : { botUserId: known.botUserId, botId: known.botId };
  const installation: Installation = {
    teamId: given.teamId,
    enterpriseId: given.enterpriseId,
    ...bot,
    token: world.token('xoxb'),
    scopes: new Set([...(known?.scopes ?? []), ...given.scopes]),
    installedBy: given.by,
    state: 'active',
  };
  // Tokens of earlier installations still work; events name the newest.
  world.installations.unshift(installation);
  world.changed();
  return installation;
}

/** An organisation's bot belongs to its first workspace, and is met in all of them. */
function newBot(world: World, name: string, { teamId, enterpriseId }: Installing) {
  const home = teamId ?? [...world.teams.values()].find((one) => one.enterprise?.id === enterpriseId)?.id;
  if (home === undefined) throw new Error('an organisation without a workspace');
  const bot = {
    id: world.id('U'),
    name: name.toLowerCase().replaceAll(/\W+/g, '_'),
    realName: name,
    teamId: home,
    locale: 'en-US',
    role: 'bot' as const,
    botId: world.id('B'),
    deactivated: false,
  };
  world.users.set(bot.id, bot);
  return { botUserId: bot.id, botId: bot.botId };
}

/** Both events come, in no order an app could count on; tokens are void at once. */
export function uninstall(context: Context, installation: Installation): void {
  const { world, events } = context;
  for (const team of teamsOf(world, installation)) {
    const tokens = { oauth: [], bot: [installation.botUserId] };
    events.tell(team, { type: 'tokens_revoked', tokens }, { installation });
    events.tell(team, { type: 'app_uninstalled' }, { installation });
  }
  for (const one of world.installations) if (one.botUserId === installation.botUserId) one.state = 'uninstalled';
  for (const channel of world.channels.values()) channel.members.delete(installation.botUserId);
  world.changed();
}

/** The bot's token is withdrawn; the app stays. */
export function revoke(context: Context, installation: Installation): void {
  for (const team of teamsOf(context.world, installation)) {
    const tokens = { oauth: [], bot: [installation.botUserId] };
    context.events.tell(team, { type: 'tokens_revoked', tokens }, { installation });
  }
  installation.state = 'revoked';
  context.world.changed();
}

/** An organisation's events come once, by its first workspace. */
function teamsOf(world: World, { teamId, enterpriseId }: Installation): Team[] {
  const all = [...world.teams.values()];
  if (teamId !== null) return all.filter((one) => one.id === teamId);
  return all.filter((one) => one.enterprise?.id === enterpriseId).slice(0, 1);
}
