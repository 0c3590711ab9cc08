import type { Context } from './context.ts';
import type { Bot, Enterprise, Person, Room, Saying, SeenMessage, Team, TeamOptions, Where } from './index.ts';
import { install } from './installing.ts';
import type { OAuth } from './oauth.ts';
import { Player, say } from './people.ts';
import { room, seenMessage } from './seen.ts';
import type { Channel, Installation, Enterprise as OwnEnterprise, Team as OwnTeam, User } from './world.ts';

const slug = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '');

class Workspace implements Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly #context: Context;
  readonly #oauth: OAuth;
  readonly #team: OwnTeam;

  constructor(context: Context, oauth: OAuth, team: OwnTeam) {
    this.#context = context;
    this.#oauth = oauth;
    this.#team = team;
    this.id = team.id;
    this.name = team.name;
    this.domain = team.domain;
  }

  get enterpriseId(): string | null {
    return this.#team.enterprise?.id ?? null;
  }

  get installed(): boolean {
    return this.#context.world.installationIn(this.#team) !== null;
  }

  get bot(): Bot {
    return bot(this.#context.world.botIn(this.#team));
  }

  room(name: string): Room {
    const found = this.#channels().find((one) => one.name === name);
    if (found === undefined) throw new Error(`${this.name} has no #${name}`);
    return room(this.#context, found);
  }

  channel(
    name: string,
    options: { readonly private?: boolean; readonly bot?: boolean; readonly members?: readonly Person[] } = {},
  ): Room {
    const kind = options.private === true ? 'private' : 'public';
    const everyone = this.#users().filter((one) => one.role !== 'guest' && one.role !== 'bot');
    const members = options.members?.map(({ id }) => id) ?? (kind === 'public' ? everyone.map(({ id }) => id) : []);
    const channel = this.#context.world.addChannel(this.id, kind, name, members);
    const installation = this.#context.world.installationIn(this.#team);
    if (options.bot !== false && installation !== null) channel.members.add(installation.botUserId);
    return room(this.#context, channel);
  }

  groupDm(people: readonly Person[]): Room {
    const ids = [...people.map(({ id }) => id), this.bot.userId];
    const name = `mpdm-${people.map((one) => slug(one.name)).join('--')}-1`;
    return room(this.#context, this.#context.world.addChannel(this.id, 'mpim', name, ids));
  }

  person(
    name: string,
    options: {
      readonly role?: 'owner' | 'admin' | 'member' | 'guest';
      readonly locale?: string;
      readonly channels?: readonly Where[];
    } = {},
  ): Person {
    const { role = 'member', locale = 'en-US', channels } = options;
    const user = this.#user(name, role, locale, null);
    const ids = channels?.map((one) => (typeof one === 'string' ? one : one.id));
    for (const channel of this.#channels()) {
      const open = channel.kind === 'public' && role !== 'guest';
      if (ids?.includes(channel.id) ?? open) channel.members.add(user.id);
    }
    return new Player(this.#context, this.#oauth, user);
  }

  group(handle: string, members: readonly Person[]): string {
    const id = this.#context.world.id('S');
    const users = new Set(members.map((one) => one.id));
    this.#team.groups.set(id, { id, name: handle, handle, users, disabled: false });
    return id;
  }

  otherBot(name: string) {
    const user = this.#user(name, 'bot', 'en-US', this.#context.world.id('B'));
    const context = this.#context;
    return {
      id: user.id,
      says(where: Where, text: string, saying: Saying = {}): SeenMessage {
        const channel = context.world.channel(typeof where === 'string' ? where : where.id);
        channel.members.add(user.id);
        return seenMessage(context, say(context, channel, user, text, saying));
      },
    };
  }

  archive(where: Where): void {
    this.#context.world.channel(typeof where === 'string' ? where : where.id).archived = true;
    this.#context.world.changed();
  }

  scopes(scopes: readonly string[]): void {
    const own = this.#context.world.botIn(this.#team).scopes;
    own.clear();
    for (const scope of scopes) own.add(scope);
  }

  withoutScope(scope: string): void {
    this.#context.world.botIn(this.#team).scopes.delete(scope);
  }

  #channels(): Channel[] {
    return [...this.#context.world.channels.values()].filter((one) => one.teamId === this.id);
  }

  #users(): User[] {
    return [...this.#context.world.users.values()].filter((one) => one.teamId === this.id);
  }

  #user(name: string, role: User['role'], locale: string, botId: string | null): User {
    const id = this.#context.world.id('U');
    const user: User = {
      id,
      name: slug(name),
      realName: name,
      teamId: this.id,
      locale,
      role,
      botId,
      deactivated: false,
    };
    this.#context.world.users.set(id, user);
    return user;
  }
}

export function addTeam(
  context: Context,
  oauth: OAuth,
  name: string,
  options: TeamOptions,
  org: OwnEnterprise | null,
): Team {
  const { world, app } = context;
  const team: OwnTeam = { id: world.id('T'), name, domain: slug(name), enterprise: org, groups: new Map() };
  world.teams.set(team.id, team);
  const { channels = ['general'], privateChannels = [], installed = true } = options;
  if (installed) {
    install(context, { teamId: team.id, enterpriseId: org?.id ?? null, by: world.id('U'), scopes: app.scopes });
  }
  const workspace = new Workspace(context, oauth, team);
  for (const channel of channels) workspace.channel(channel);
  for (const channel of privateChannels) workspace.channel(channel, { private: true });
  return workspace;
}

export function addEnterprise(context: Context, oauth: OAuth, name: string): Enterprise {
  const { world, app } = context;
  const org: OwnEnterprise = { id: world.id('E'), name, domain: slug(name) };
  world.enterprises.set(org.id, org);
  return {
    id: org.id,
    name,
    team: (teamName, options = { installed: false }) =>
      addTeam(context, oauth, teamName, { installed: false, ...options }, org),
    install: (by) => bot(install(context, { teamId: null, enterpriseId: org.id, by: by.id, scopes: app.scopes })),
  };
}

function bot({ botId: id, botUserId: userId, token }: Installation): Bot {
  return { id, userId, token };
}
