/** Who people are: names, languages, roles. Asked of Slack, and believed for a while. */
import { z } from 'zod';
import { patiently, refusedWith } from './clients.ts';
import type { Group, Known, Log, People, Workspace } from './connection.ts';
import { languageOf } from './words.ts';

/** Somebody just made an admin need not wait longer. Milliseconds. */
const BELIEVED = 60_000;

const userShape = z.object({
  team_id: z.string().optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  real_name: z.string().optional(),
  name: z.string().optional(),
  locale: z.string().optional(),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
});

export function createPeople(log: Log): People {
  const users = remembering<Known>();
  const groups = remembering<readonly Group[]>();
  const people: People = {
    of: (workspace, id) => users(`${workspace.id}/${id}`, () => ask(workspace, id)),
    groups: (workspace, anew = false) => groups(workspace.id, () => askGroups(workspace), anew),
  };
  const ask = async (workspace: Workspace, id: string): Promise<Known> => {
    const memberOf = (await people.groups(workspace)).filter(({ members }) => members.includes(id));
    const roles = memberOf.map((group) => group.id);
    try {
      const { user } = await patiently(() => workspace.rest.users.info({ user: id, include_locale: true }));
      const found = userShape.parse(user);
      // Somebody of another workspace, in a shared channel, runs nothing here.
      const isOurs = found.team_id === undefined || found.team_id === workspace.id;
      const name = found.profile?.display_name || found.profile?.real_name || found.real_name || found.name || id;
      const admin = isOurs && ((found.is_admin ?? false) || (found.is_owner ?? false));
      return { person: { id, name, admin, roles }, language: languageOf(found.locale ?? 'en') };
    } catch (error) {
      log('a person could not be looked up', { workspace: workspace.id }, error);
      return { person: { id, name: id, admin: false, roles }, language: 'en' };
    }
  };
  const askGroups = async ({ id, rest, scopes }: Workspace): Promise<readonly Group[]> => {
    if (!scopes.has('usergroups:read')) return [];
    try {
      const { usergroups = [] } = await patiently(() => rest.usergroups.list({ include_users: true, team_id: id }));
      return usergroups.flatMap(({ id: group, handle, users: members }) =>
        group ? [{ id: group, name: handle ?? group, members: members ?? [] }] : [],
      );
    } catch (error) {
      // Plans without user groups refuse.
      if (!refusedWith(error, 'paid_teams_only', 'plan_upgrade_required'))
        log('user groups could not be listed', { workspace: id }, error);
      return [];
    }
  };
  return people;
}

function remembering<T>() {
  const known = new Map<string, { readonly until: number; readonly value: Promise<T> }>();
  return (key: string, ask: () => Promise<T>, anew = false): Promise<T> => {
    const found = known.get(key);
    if (found && !anew && found.until > Date.now()) return found.value;
    const value = ask();
    known.set(key, { until: Date.now() + BELIEVED, value });
    value.catch(() => known.delete(key));
    return value;
  };
}
