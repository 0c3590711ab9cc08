/** What the parts of this Slack share. */
import type { AppSettings } from './app.ts';
import type { Deliveries } from './delivery.ts';
import { broken, refusal } from './errors.ts';
import type { Events } from './events.ts';
import type { Method } from './schema.ts';
import { requireFor } from './scopes.ts';
import type { SocketMode } from './socket.ts';
import type { Channel, Installation, Team, User, World } from './world.ts';

export interface Context {
  readonly world: World;
  readonly app: AppSettings;
  readonly events: Events;
  readonly deliveries: Deliveries;
  readonly socket: SocketMode;
  readonly strictMentions: boolean;
  readonly streamMs: number;
  readonly commercial: boolean;
}

/** One call with a bot's token. */
export class Call {
  readonly context: Context;
  readonly installation: Installation;
  readonly method: Method;
  readonly teamId: string | null;
  /** What the answer tells the caller to be careful of. */
  readonly warnings: string[] = [];

  constructor(context: Context, installation: Installation, method: Method, teamId: string | null) {
    this.context = context;
    this.installation = installation;
    this.method = method;
    this.teamId = teamId;
  }

  get world(): World {
    return this.context.world;
  }

  /** The workspace it is about; tokens of an organisation must name it. */
  team(): Team {
    const id = this.installation.teamId ?? this.teamId;
    if (id === null) throw broken('missing_argument', 'team_id is required with a token of an organisation');
    const team = this.world.team(id);
    if (!this.covers(team.id)) throw refusal('team_access_not_granted');
    return team;
  }

  covers(teamId: string): boolean {
    const { installation } = this;
    if (installation.teamId !== null) return installation.teamId === teamId;
    return this.world.teams.get(teamId)?.enterprise?.id === installation.enterpriseId;
  }

  /** A conversation the token knows of: of its workspace, and not private to others. */
  channel(id: string): Channel {
    const channel = this.world.channel(id);
    const secret = channel.kind !== 'public' && !channel.members.has(this.installation.botUserId);
    if (!this.covers(channel.teamId) || secret) throw refusal('channel_not_found');
    requireFor(this.installation, this.method, channel.kind);
    return channel;
  }

  user(id: string): User {
    const user = this.world.user(id);
    if (!this.covers(user.teamId)) throw refusal('user_not_found');
    return user;
  }

  isMember(channel: Channel): boolean {
    return channel.members.has(this.installation.botUserId);
  }
}
