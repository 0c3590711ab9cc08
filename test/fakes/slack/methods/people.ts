/** Who there is: auth, users, user groups, teams, bots. */
import type { AuthTestResponse, BotsInfoResponse, UsergroupsUsersListResponse } from '@slack/web-api';
import type { Call } from '../context.ts';
import { refusal } from '../errors.ts';
import { uninstall } from '../installing.ts';
import { page } from '../pages.ts';
import { userPayload } from '../payloads.ts';
import type { Team, User, UserGroup } from '../world.ts';
import type { Handlers } from './handlers.ts';

export const peopleMethods = {
  'auth.test': (call) => {
    const { installation, world } = call;
    const bot = world.user(installation.botUserId);
    const enterprise = installation.enterpriseId === null ? null : world.enterprises.get(installation.enterpriseId);
    const team = installation.teamId === null ? null : world.team(installation.teamId);
    return {
      ok: true,
      url: `https://${team?.domain ?? enterprise?.domain ?? ''}.slack.com/`,
      team: team?.name ?? enterprise?.name ?? '',
      user: bot.name,
      // An organisation's token names the organisation.
      team_id: team?.id ?? enterprise?.id ?? '',
      user_id: bot.id,
      bot_id: installation.botId,
      ...(enterprise === undefined || enterprise === null ? {} : { enterprise_id: enterprise.id }),
      is_enterprise_install: team === null,
    } satisfies AuthTestResponse;
  },
  'auth.revoke': (call, { test = false }) => {
    if (!test) call.installation.state = 'revoked';
    call.world.changed();
    return { ok: true, revoked: !test };
  },
  'apps.uninstall': (call, { client_id, client_secret }) => {
    const { app } = call.context;
    if (client_id !== app.clientId) throw refusal('invalid_client_id');
    if (client_secret !== app.clientSecret) throw refusal('bad_client_secret');
    uninstall(call.context, call.installation);
    return { ok: true };
  },
  'users.info': (call, { user: id, include_locale = false }) => {
    const user = call.user(id);
    return { ok: true, user: userPayload(user, call.world.team(user.teamId), include_locale) };
  },
  'users.list': (call, { cursor, limit = 200, include_locale = false }) => {
    const team = call.team();
    const { items, next } = page(usersOf(call, team), cursor, limit);
    const members = items.map((user) => userPayload(user, team, include_locale));
    return { ok: true, members, cache_ts: call.world.clock.seconds(), response_metadata: { next_cursor: next } };
  },
  'usergroups.list': (call, { include_users = false, include_disabled = false }) => {
    const groups = [...call.team().groups.values()].filter((one) => include_disabled || !one.disabled);
    return { ok: true, usergroups: groups.map((one) => groupPayload(call.team(), one, include_users)) };
  },
  'usergroups.users.list': (call, { usergroup, include_disabled = false }) => {
    const group = call.team().groups.get(usergroup);
    if (group === undefined || (group.disabled && !include_disabled)) throw refusal('no_such_subteam');
    return { ok: true, users: [...group.users] } satisfies UsergroupsUsersListResponse;
  },
  'team.info': (call, { team: id }) => {
    const team = id === undefined ? call.team() : call.world.team(id);
    if (!call.covers(team.id)) throw refusal('team_not_found');
    const { enterprise } = team;
    const org = enterprise === null ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name };
    const { name, domain } = team;
    const icon = { image_default: true };
    return {
      ok: true,
      team: { id: team.id, name, domain, url: `https://${domain}.slack.com/`, email_domain: '', icon, ...org },
    };
  },
  'bots.info': (call, { bot: id }) => {
    const user = [...call.world.users.values()].find((one) => one.botId === id && call.covers(one.teamId));
    if (user?.botId === null || user === undefined) throw refusal('bot_not_found');
    const app_id = user.botId === call.installation.botId ? call.context.app.id : 'A0OTHER0000';
    const bot = {
      id: user.botId,
      deleted: user.deactivated,
      name: user.realName,
      app_id,
      user_id: user.id,
      updated: 1,
    };
    return { ok: true, bot } satisfies BotsInfoResponse;
  },
} satisfies Partial<Handlers>;

function usersOf({ world }: Call, team: Team): User[] {
  return [...world.users.values()].filter((one) => one.teamId === team.id);
}

function groupPayload(team: Team, group: UserGroup, users: boolean) {
  const { id, name, handle } = group;
  return {
    id,
    team_id: team.id,
    is_usergroup: true,
    name,
    handle,
    description: '',
    is_external: false,
    user_count: group.users.size,
    date_delete: group.disabled ? 1 : 0,
    ...(users ? { users: [...group.users] } : {}),
  };
}
