/** Steering a debate under way. */
import type { Verb } from './verb.ts';
import { DEBATE, needed, said } from './verb.ts';

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
    await store.change(debate.workspace, debate.id, { limits, status: 'running', ending: null, endedAt: null });
    return said(debate, incoming, 'One more round.', 'Una ronda más.');
  },
};
