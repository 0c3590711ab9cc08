/** Steering a debate under way. */

import type { Limits, Localised, Log } from '../debate.ts';
import { InputError } from '../errors.ts';
import { type DayLeft, mustHaveBudget } from '../host/rights.ts';
import type { VerbArgument } from '../ports/host.ts';
import { moneyReported, tokensSpent } from '../spending/budget.ts';
import { dollars } from '../spending/dollars.ts';
import { DEBATE, needed, said, type Verb } from './verb.ts';

export const pause: Verb = {
  name: 'pause',
  word: { en: 'pause', es: 'pausar' },
  summary: { en: 'Pause after whoever is speaking', es: 'Pausar después de quien habla' },
  may: 'starter',
  args: [DEBATE],
  when: ['running'],
  async run({ log, store, incoming }) {
    const { debate } = needed(log);
    await store.change(debate.workspace, debate.id, { status: 'paused' });
    return said(debate, incoming, 'Paused; resume when you like.', 'En pausa; se puede reanudar cuando quieras.');
  },
};

export const resume: Verb = {
  name: 'resume',
  word: { en: 'resume', es: 'reanudar' },
  summary: { en: 'Take a paused or interrupted debate up again', es: 'Retomar un debate en pausa o interrumpido' },
  may: 'starter',
  args: [DEBATE],
  when: ['running', 'paused', 'failed'],
  async run({ log, store, incoming }) {
    const { debate } = needed(log);
    await store.change(debate.workspace, debate.id, { status: 'running', failure: null });
    return said(debate, incoming, 'We go on.', 'Seguimos.');
  },
};

export const stop: Verb = {
  name: 'stop',
  word: { en: 'stop', es: 'terminar' },
  summary: { en: 'Stop here and conclude', es: 'Parar aquí y concluir' },
  may: 'starter',
  args: [DEBATE],
  when: ['running', 'paused', 'failed'],
  async run({ log, store, incoming }) {
    const { debate } = needed(log);
    await store.change(debate.workspace, debate.id, { status: 'running', ending: 'asked', failure: null });
    return said(debate, incoming, 'The coordinator closes the debate.', 'El coordinador cierra el debate.');
  },
};

export const round: Verb = {
  name: 'round',
  word: { en: 'round', es: 'ronda' },
  summary: { en: 'Another round of replies', es: 'Otra ronda de réplicas' },
  may: 'starter',
  spends: true,
  args: [DEBATE],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run({ log, store, incoming }) {
    const { debate } = needed(log);
    const limits = { ...debate.limits, rounds: debate.limits.rounds + 1 };
    const change = { limits, status: 'running', ending: null, endedAt: null } as const;
    // Said twice it would be two more; delivered twice it is one.
    await store.change(debate.workspace, debate.id, change, `${incoming.place.adapter}:${incoming.id}`);
    return said(debate, incoming, 'One more round.', 'Una ronda más.');
  },
};

const more = (name: string, word: Localised, summary: Localised): VerbArgument => ({
  name,
  word,
  summary,
  required: false,
});

export const extend: Verb = {
  name: 'extend',
  word: { en: 'extend', es: 'ampliar' },
  summary: {
    en: 'Allow the debate more turns, minutes, tokens or dollars',
    es: 'Dar al debate más turnos, minutos, tokens o dólares',
  },
  may: 'starter',
  spends: true,
  args: [
    more('turns', { en: 'turns', es: 'turnos' }, { en: 'How many more', es: 'Cuántos más' }),
    more('minutes', { en: 'minutes', es: 'minutos' }, { en: 'How many more', es: 'Cuántos más' }),
    more('tokens', { en: 'tokens', es: 'tokens' }, { en: 'How many more', es: 'Cuántos más' }),
    more('money', { en: 'money', es: 'dinero' }, { en: 'How many dollars more', es: 'Cuántos dólares más' }),
    DEBATE,
  ],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run(context) {
    const { log, args, store, incoming } = context;
    const { debate, turns } = needed(log);
    const left = await mustHaveBudget(context, debate.workspace);
    const limits = extended(needed(log), args, left);
    const closed = turns.some(({ kind }) => kind === 'synthesis');
    // A limit that is lifted before the closing no longer ends the debate.
    const lifted = debate.ending !== null && debate.ending !== 'asked' && !closed;
    await store.change(debate.workspace, debate.id, { limits, ...(lifted && { ending: null }) });
    const number = new Intl.NumberFormat(incoming.language);
    const tokens = limits.tokens === null ? '' : `, ${number.format(limits.tokens)} tokens`;
    const money = limits.money == null ? '' : `, ${dollars(limits.money, incoming.language)}`;
    const minutes = Math.round(limits.time / MINUTE);
    return said(
      debate,
      incoming,
      `The debate may now have ${limits.turns} turns and ${minutes} minutes${tokens}${money} in all.`,
      `El debate puede tener ahora ${limits.turns} turnos y ${minutes} minutos${tokens}${money} en total.`,
    );
  },
};

const MINUTE = 60_000;
/** Of each at most so much at once: a slip of the finger must not cost a fortune. */
const MOST_MORE = { turns: 200, minutes: 600, tokens: 10_000_000, money: 1_000 };

/** Half as much again of everything when nothing is named; of tokens and money no more than the workspace has left. */
function extended(log: Log, args: Readonly<Record<string, string>>, left: DayLeft): Limits {
  const { limits } = log.debate;
  const given = (name: keyof typeof MOST_MORE) => (args[name]?.trim() ? numberIn(name, args[name]) : 0);
  const asked = { turns: given('turns'), minutes: given('minutes'), tokens: given('tokens'), money: given('money') };
  const named = Object.values(asked).some((count) => count > 0);
  const half = {
    turns: Math.ceil(limits.turns / 2),
    minutes: Math.ceil(limits.time / MINUTE / 2),
    tokens: Math.ceil((limits.tokens ?? 0) / 2),
    money: (limits.money ?? 0) / 2,
  };
  const by = named ? asked : half;
  return {
    ...limits,
    turns: limits.turns + by.turns,
    time: limits.time + by.minutes * MINUTE,
    tokens: upTo(limits.tokens, by.tokens, left.tokens, tokensSpent(log)),
    money: upTo(limits.money ?? null, by.money, left.money, moneyReported(log.turns) ?? 0),
  };
}

function upTo(limit: number | null, by: number, left: number | null, spent: number): number | null {
  const ceiling = left === null ? null : spent + left;
  if (limit === null || ceiling === null) return limit === null ? ceiling : limit + by;
  return Math.min(limit + by, ceiling);
}

function numberIn(name: keyof typeof MOST_MORE, given: string): number {
  const value = Number(given.trim());
  if (name === 'money' && value > 0 && value <= MOST_MORE.money) return value;
  if (Number.isInteger(value) && value >= 1 && value <= MOST_MORE[name]) return value;
  const word = { turns: 'turnos', minutes: 'minutos', tokens: 'tokens', money: 'dinero' }[name];
  if (name === 'money') {
    throw new InputError({
      en: `"money" must be an amount of dollars up to ${MOST_MORE.money} such as 0.50; give another value.`,
      es: `«dinero» debe ser una cantidad de dólares de hasta ${MOST_MORE.money}, como 0.50; da otro valor.`,
    });
  }
  throw new InputError({
    en: `"${name}" must be a whole number from 1 to ${MOST_MORE[name]}; give another value.`,
    es: `«${word}» debe ser un número entero de 1 a ${MOST_MORE[name]}; da otro valor.`,
  });
}
