/** Who may do what in a workspace, and what is left of its day. */
import type { Debate } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Person } from '../ports/host.ts';
import type { Spending, Store, WorkspaceSettings } from '../ports/store.ts';
import { dollars } from '../spending/dollars.ts';

/** ms: limits "per day" look back over the last 24 hours, so that no time zone matters. */
const DAY = 24 * 60 * 60 * 1000;

/** Where and when the question is asked. */
interface Asked {
  readonly store: Pick<Store, 'settings' | 'spentSince'>;
  readonly adapter: Pick<Adapter, 'roleName'>;
  readonly now: () => Date;
}

/** What is left of a workspace's day; null: not limited. */
export interface DayLeft {
  readonly tokens: number | null;
  /** US dollars. */
  readonly money: number | null;
}

/** Rejects with an InputError unless the person may start a debate here, now. Resolves with what it may cost at most. */
export async function mustBeAllowedToStart(asked: Asked, workspace: string, by: Person): Promise<DayLeft> {
  const settings = await asked.store.settings(workspace);
  const { start } = settings.roles;
  if (start.length > 0 && !hasOneOf(start, by)) throw await notOneWhoStarts(asked, workspace, start);
  const spending = await spent(asked, workspace, settings);
  if (!spending) return { tokens: null, money: null };
  withinCounts(settings.limits, spending, by);
  return dayLeft(settings.limits, spending);
}

/** Rejects with an InputError unless the person may schedule debates here: admins, and those who are named. */
export async function mustBeAllowedToSchedule(
  { store, adapter }: Pick<Asked, 'store' | 'adapter'>,
  workspace: string,
  by: Person,
): Promise<void> {
  const { schedule } = (await store.settings(workspace)).roles;
  if (hasOneOf(schedule, by)) return;
  const names = await roleNames(adapter, workspace, schedule);
  const [en, es] =
    names.length > 0
      ? [`with one of these roles: ${names.join(', ')}, or`, `con uno de estos roles: ${names.join(', ')}, o`]
      : ['who is', 'que sea'];
  throw new InputError({
    en: `Scheduling debates here takes somebody ${en} an admin; ask one, or have "settings" name your role.`,
    es: `Programar debates aquí es cosa de alguien ${es} administrador; pídeselo, o que «ajustes» nombre tu rol.`,
  });
}

/** Rejects with an InputError when the workspace has used up its tokens or its money. Resolves with what is left. */
export async function mustHaveBudget(asked: Asked, workspace: string): Promise<DayLeft> {
  const settings = await asked.store.settings(workspace);
  const spending = await spent(asked, workspace, settings);
  return spending ? dayLeft(settings.limits, spending) : { tokens: null, money: null };
}

export function maySteer({ roles }: WorkspaceSettings, debate: Debate, by: Person): boolean {
  return by.id === debate.startedBy || hasOneOf(roles.steer, by);
}

export function mayEditPersonas({ roles }: WorkspaceSettings, by: Person): boolean {
  return hasOneOf(roles.personas, by);
}

function hasOneOf(roles: readonly string[], by: Person): boolean {
  return by.admin || by.roles.some((role) => roles.includes(role));
}

/** null: nothing is limited, so nobody counts. */
async function spent(
  { store, now }: Asked,
  workspace: string,
  { limits }: WorkspaceSettings,
): Promise<Spending | null> {
  if (Object.values(limits).every((limit) => limit === null)) return null;
  return store.spentSince(workspace, new Date(now().getTime() - DAY));
}

function withinCounts(limits: WorkspaceSettings['limits'], spending: Spending, by: Person): void {
  const { debatesPerPersonPerDay: own, debatesPerDay: all } = limits;
  if (own !== null && (spending.byPerson[by.id] ?? 0) >= own) {
    throw new InputError({
      en: `You may start ${debates(own)} in 24 hours here and have; try again later, or ask an admin to allow more.`,
      es: `Aquí puedes empezar ${debates(own)} en 24 horas y ya lo has hecho; prueba más tarde o pide a un administrador que permita más.`,
    });
  }
  if (all !== null && spending.debates >= all) {
    throw new InputError({
      en: `The most here is ${debates(all)} in 24 hours and it is reached; try again later, or ask an admin to allow more.`,
      es: `El tope aquí es de ${debates(all)} en 24 horas y ya se ha alcanzado; prueba más tarde o pide a un administrador que permita más.`,
    });
  }
}

/** The word is the same in both languages. */
function debates(count: number): string {
  return `${count} ${count === 1 ? 'debate' : 'debates'}`;
}

/** What a debate costs at the very least, in tokens and in dollars: with less left there is no point in beginning. */
const LEAST = { tokens: 1000, money: 0.001 };

function dayLeft({ tokensPerDay, moneyPerDay }: WorkspaceSettings['limits'], { tokens, money }: Spending): DayLeft {
  const left = {
    tokens: tokensPerDay === null ? null : tokensPerDay - tokens,
    money: moneyPerDay === null ? null : moneyPerDay - money,
  };
  if (left.money !== null && left.money < LEAST.money) throw moneySpent(moneyPerDay ?? 0);
  if (left.tokens === null || left.tokens >= LEAST.tokens) return left;
  throw new InputError({
    en: `The debates here have used up their ${tokensPerDay} tokens for 24 hours; try again later, or ask an admin to allow more.`,
    es: `Los debates de aquí han gastado sus ${tokensPerDay} tokens para 24 horas; prueba más tarde o pide a un administrador que permita más.`,
  });
}

function moneySpent(limit: number): InputError {
  const [en, es] = [dollars(limit, 'en'), dollars(limit, 'es')];
  return new InputError({
    en: `The debates here have used up their ${en} for 24 hours; try again later, or ask an admin to allow more.`,
    es: `Los debates de aquí han gastado sus ${es} para 24 horas; prueba más tarde o pide a un administrador que permita más.`,
  });
}

async function notOneWhoStarts({ adapter }: Asked, workspace: string, roles: readonly string[]): Promise<InputError> {
  const names = await roleNames(adapter, workspace, roles);
  return new InputError({
    en: `To start a debate here you need one of these roles: ${names.join(', ')}; ask an admin for one.`,
    es: `Para empezar un debate aquí necesitas uno de estos roles: ${names.join(', ')}; pídeselo a un administrador.`,
  });
}

/** As people call them. */
export function roleNames(
  adapter: Pick<Adapter, 'roleName'>,
  workspace: string,
  roles: readonly string[],
): Promise<readonly string[]> {
  return Promise.all(roles.map(async (role) => (await adapter.roleName?.(workspace, role)) ?? role));
}
