/**
 * What polling, a page and a debate cost: what was paid as it was, what was not as an estimate. Tokens by how prompts
 * grow; money at the rate of what has been paid so far, which the cache makes rather too high than too low.
 */

import { inLanguage, type Log, type Turn } from '../debate.ts';
import { gateTurn, polled } from '../formats/gate.ts';
import { findFormat, formatHeld } from '../formats/registry.ts';
import { moneyReported, tokensReported } from '../spending/budget.ts';
import { dollars } from '../spending/dollars.ts';

/** Roughly, in either language. */
const TOKENS_A_WORD = 1.5;
/** Of the page, and of what it is asked with. */
const PAGE_WORDS = 300;

/** null: the provider did not say. */
export function pollCost(log: Log): string | null {
  return paid(polled(log), log);
}

/** All so far. */
export function costSoFar(log: Log): string | null {
  return paid(log.turns, log);
}

export function pageCost(log: Log): string {
  const reasons = polled(log).reduce((sum, { text }) => sum + text.length / 4, 0);
  return estimate(shared(log) + reasons + PAGE_WORDS * TOKENS_A_WORD, log);
}

/** Every turn is asked with what all share and with the turns before it. */
export function debateCost(log: Log): string {
  const { gate: _, ...debate } = log.debate;
  const turns = findFormat(formatHeld(log)).expectedTurns({ ...log, debate });
  const said = log.debate.limits.words * TOKENS_A_WORD;
  return estimate(turns * (shared(log) + said) + (said * turns * (turns - 1)) / 2, log);
}

/** For the end of a debate the gate let through; '' for every other. */
export function gateNote(log: Log): string {
  const spent = gateTurn(log)?.data.gate?.debates ? costSoFar(log) : null;
  if (spent === null) return '';
  const page = pageCost(log);
  const text = {
    en: `Up to here this debate cost ${spent}; a page after the poll would have cost about ${page}.`,
    es: `Hasta aquí este debate costó ${spent}; una página después del sondeo habría costado unos ${page}.`,
  };
  return inLanguage(text, log.debate.language);
}

/** The rules and the article, as the opening was asked with them. */
function shared(log: Log): number {
  const opening = log.turns.find(({ kind }) => kind === 'opening');
  return opening?.usage?.inputTokens ?? Math.ceil((log.article?.text.length ?? 0) / 4) + 1_000;
}

function paid(turns: readonly Turn[], log: Log): string | null {
  const tokens = tokensReported(turns);
  return tokens === null ? null : amount(tokens, moneyReported(turns), log);
}

/** To two figures: more would claim to know. */
function estimate(tokens: number, log: Log): string {
  const [money, used] = [moneyReported(log.turns), tokensReported(log.turns)];
  return amount(Number(tokens.toPrecision(2)), money === null || !used ? null : (money / used) * tokens, log);
}

function amount(tokens: number, money: number | null, { debate }: Pick<Log, 'debate'>): string {
  const price = money === null ? '' : ` (${dollars(money, debate.language)})`;
  return `${new Intl.NumberFormat(debate.language).format(tokens)} tokens${price}`;
}
