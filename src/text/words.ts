/** How a debate's state is called, wherever the program speaks of it. */
import type { DebateStatus, Ending, Localised } from '../debate.ts';

export const statusWords: Record<DebateStatus, Localised> = {
  running: { en: 'under way', es: 'en curso' },
  paused: { en: 'paused', es: 'en pausa' },
  concluded: { en: 'concluded', es: 'concluido' },
  stopped: { en: 'stopped', es: 'detenido' },
  failed: { en: 'broken off by a failure', es: 'interrumpido por un fallo' },
};

export const nothingNewWords: Localised = {
  en: 'The last round brought nothing new, so the debate closed early.',
  es: 'La última ronda no aportó nada nuevo, así que el debate se cerró antes.',
};

export const endingWords: Record<Ending, Localised> = {
  asked: {
    en: 'The debate was asked to conclude before its rounds were through.',
    es: 'Se pidió que el debate concluyera antes de completar sus rondas.',
  },
  tokens: {
    en: 'The debate reached its limit of tokens and closed over what had been said.',
    es: 'El debate alcanzó su límite de tokens y se cerró con lo dicho hasta entonces.',
  },
  money: {
    en: 'The debate reached its limit of money and closed over what had been said.',
    es: 'El debate alcanzó su límite de dinero y se cerró con lo dicho hasta entonces.',
  },
  turns: {
    en: 'The debate reached its limit of turns and closed over what had been said.',
    es: 'El debate alcanzó su límite de turnos y se cerró con lo dicho hasta entonces.',
  },
  time: {
    en: 'The debate reached its limit of time and closed over what had been said.',
    es: 'El debate alcanzó su límite de tiempo y se cerró con lo dicho hasta entonces.',
  },
};
