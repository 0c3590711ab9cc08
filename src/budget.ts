/** What a debate has spent, and whether its limits leave room for more than the closing. */
import type { Ending, Log, Turn } from './debate.ts';

/** Roughly, for servers that report no usage. */
const CHARACTERS_PER_TOKEN = 4;

/** Tokens so far, input and output; what a provider did not report is estimated from the texts. */
export function tokensSpent(log: Log): number {
  return log.turns.reduce((spent, turn) => spent + tokensOf(turn, log), 0);
}

/** Tokens the providers reported; null as soon as one turn's are unknown, or when no model has spoken. */
export function tokensReported(turns: readonly Turn[]): number | null {
  const spoken = turns.filter((turn) => turn.model !== null);
  return spoken.reduce<number | null>(
    (total, { usage }) => {
      const known = usage !== null && usage.inputTokens !== null && usage.outputTokens !== null;
      return total === null || !known ? null : total + (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
    },
    spoken.length > 0 ? 0 : null,
  );
}

/** Why the debate must go to its closing now, or null. */
export function limitReached(log: Log, elapsedMs: number): Ending | null {
  const { limits } = log.debate;
  if (limits.tokens !== null) {
    // The closing itself costs about what the last turn did.
    const last = log.turns.findLast((turn) => turn.model !== null);
    if (tokensSpent(log) + (last ? tokensOf(last, log) : 0) >= limits.tokens) return 'tokens';
  }
  if (log.turns.length + 1 >= limits.turns) return 'turns';
  if (elapsedMs >= limits.time) return 'time';
  return null;
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
