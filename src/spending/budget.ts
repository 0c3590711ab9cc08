/** What a debate has spent, what its limits leave, and whether that is more than its closing needs. */
import { type Debate, type Ending, inLanguage, type Log, type Turn } from '../debate.ts';
import { dollars } from './dollars.ts';
import type { Prices } from './prices.ts';

/** Roughly, for servers that report no usage. */
const CHARACTERS_PER_TOKEN = 4;

/** What a debate has used of each thing it may have a limit of. */
export interface Spent {
  /** As `tokensSpent`. */
  readonly tokens: number;
  /** US dollars, estimated likewise; infinite as soon as a model without a price has spoken. */
  readonly money: number;
  readonly turns: number;
  /** ms */
  readonly time: number;
}

/** Tokens so far, input and output; what a provider did not report is estimated from the texts. */
export function tokensSpent(log: Log): number {
  return log.turns.reduce((sum, turn) => sum + tokensOf(turn, log), 0);
}

/** `since`: ms it has been conducted since its last turn. */
export function spent(log: Log, since: number, prices: Prices): Spent {
  return {
    tokens: tokensSpent(log),
    money: log.turns.reduce((sum, turn) => sum + moneyOf(turn, log, prices), 0),
    turns: log.turns.length,
    time: log.turns.reduce((sum, turn) => sum + (turn.took ?? 0), since),
  };
}

/** Why the debate must go to its closing now, or null. */
export function limitReached(log: Log, used: Spent, prices: Prices): Ending | null {
  const { limits } = log.debate;
  // The closing itself costs about what the last turn did.
  const last = log.turns.findLast((turn) => turn.model !== null);
  const [tokens, money] = last ? [tokensOf(last, log), moneyOf(last, log, prices)] : [0, 0];
  if (limits.tokens !== null && used.tokens + tokens >= limits.tokens) return 'tokens';
  if (limits.money != null && used.money + money >= limits.money) return 'money';
  if (used.turns + 1 >= limits.turns) return 'turns';
  if (used.time >= limits.time) return 'time';
  return null;
}

/** Tokens the providers reported; null as soon as one turn's are unknown, or when no model has spoken. */
export function tokensReported(turns: readonly Turn[]): number | null {
  return sumKnown(turns, ({ usage }) =>
    usage?.inputTokens != null && usage.outputTokens != null ? usage.inputTokens + usage.outputTokens : null,
  );
}

/** US dollars; null as soon as one turn's are unknown, or when no model has spoken. */
export function moneyReported(turns: readonly Turn[]): number | null {
  return sumKnown(turns, ({ usage }) => usage?.cost ?? null);
}

function sumKnown(turns: readonly Turn[], of: (turn: Turn) => number | null): number | null {
  const spoken = turns.filter((turn) => turn.model !== null);
  return spoken.reduce<number | null>(
    (total, turn) => {
      const part = of(turn);
      return total === null || part === null ? null : total + part;
    },
    spoken.length > 0 ? 0 : null,
  );
}

function tokensOf(turn: Turn, log: Log): number {
  if (turn.model === null) return 0;
  if (turn.usage?.inputTokens != null && turn.usage.outputTokens != null) {
    return turn.usage.inputTokens + turn.usage.outputTokens;
  }
  const before = log.turns
    .slice(0, turn.n)
    .reduce((sum, each) => sum + each.text.length, log.article?.text.length ?? 0);
  return Math.ceil(before / CHARACTERS_PER_TOKEN);
}

function moneyOf(turn: Turn, log: Log, prices: Prices): number {
  if (turn.model === null) return 0;
  if (turn.usage?.cost !== undefined) return turn.usage.cost;
  const price = prices(turn.model);
  return price ? (tokensOf(turn, log) * price.input) / 1_000_000 : Number.POSITIVE_INFINITY;
}

/** What the limits leave, for readers: `137K tokens, $0.47, 58 min`. Turns are told only when they are getting few. */
export function leftWords({ limits, language }: Pick<Debate, 'limits' | 'language'>, used: Spent, of: number): string {
  const count = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  const turns = limits.turns - used.turns;
  const minutes = Math.ceil(Math.max(0, limits.time - used.time) / 60_000);
  return [
    limits.tokens === null ? '' : `${count.format(Math.max(0, limits.tokens - used.tokens))} tokens`,
    limits.money == null ? '' : dollars(Math.max(0, limits.money - used.money), language),
    turns < of - used.turns ? say(`${turns} turns`, `${turns} turnos`) : '',
    `${minutes} min`,
  ]
    .filter(Boolean)
    .join(', ');
}
