/** A schedule from what people say, checked as far as can be before it runs. */

import { InputError } from '../errors.ts';
import { checkRequest, type Preparation } from '../host/convene.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Person, Place } from '../ports/host.ts';
import type { Store } from '../ports/store.ts';
import { readRhythm } from './read-rhythm.ts';
import { nextRuns, type Rhythm } from './rhythm.ts';
import type { NewSchedule, Schedule, Source } from './schedule.ts';
import { readSource, readTopic } from './source.ts';
import { cannotSee } from './topic.ts';
import { zoneCalled } from './zone.ts';

export interface Proposing {
  readonly store: Pick<Store, 'settings' | 'schedules'>;
  readonly adapter: Adapter;
  readonly prepared: Preparation;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** As people say it; what is left out is settled by the workspace or as most want it. */
export interface Proposal {
  readonly when: string;
  readonly what: string;
  readonly zone: string | undefined;
  readonly ahead: string | undefined;
  readonly quiet: string | undefined;
  readonly missed: string | undefined;
  readonly panel: string | undefined;
  readonly format: string | undefined;
  readonly language: string | undefined;
  readonly tokens: string | undefined;
}

/** Keeps it, not active yet. Rejects with an InputError for whatever somebody can put right. */
export async function propose(
  proposing: Proposing,
  proposal: Proposal,
  { by, place, words }: { readonly by: Person; readonly place: Place; readonly words: string },
): Promise<Schedule> {
  const { store, adapter, prepared, newId } = proposing;
  if (!adapter.tell) throw nobodyThere();
  const rhythm = readRhythm(proposal.when);
  mustLeaveTime(rhythm);
  const zone = proposal.zone ? zoneCalled(proposal.zone) : ((await store.settings(place.workspace)).zone ?? 'UTC');
  const tokens = numberIn('tokens', proposal.tokens, 1000, 100_000_000);
  const source = await readSource(proposal.what, prepared.reader);
  await mustBePossible(proposing, proposal, source, place, tokens);
  const { channel, thread } = place;
  const schedule: NewSchedule = {
    workspace: place.workspace,
    id: newId(),
    // A debate's thread is its own; only where a channel is a thread itself (a direct message) there is no other.
    place: { adapter: place.adapter, channel, thread: thread === channel ? thread : null },
    source,
    rhythm,
    zone,
    panel: proposal.panel || null,
    format: proposal.format || null,
    language: proposal.language || null,
    tokens,
    whenQuiet: oneOf('quiet', proposal.quiet, QUIET) ?? 'say',
    ahead: numberIn('ahead', proposal.ahead, 0, 24 * 60) ?? 0,
    missed: oneOf('missed', proposal.missed, MISSED) ?? 'once',
    words,
    createdBy: { id: by.id, name: by.name },
  };
  return store.schedules.propose(schedule);
}

async function mustBePossible(
  { adapter, prepared, now }: Proposing,
  { panel, format, language }: Proposal,
  source: Source,
  place: Place,
  tokens: number | null,
): Promise<void> {
  await adapter.prepare?.(place);
  const topics = source.kind === 'list' ? source.items.map(readTopic) : [];
  const bare = source.kind === 'question' || topics.some(({ article }) => article === null);
  checkRequest(prepared, {
    // What a bare question takes is asked only where there is one.
    source: bare ? null : { kind: 'url', url: '' },
    question: bare ? '?' : '',
    language: language || null,
    format: format || null,
    panel: panel || null,
    limits: tokens === null ? {} : { tokens },
  });
  if (source.kind !== 'links') return;
  if (!adapter.popularLinks) throw cannotSee(place.adapter);
  // What it may not see it says now, and not on Monday.
  await adapter.popularLinks(place, now());
}

const HOUR = 3_600_000;

/** Clocks that change could push two runs together: how often it runs is asked where they do not. */
function mustLeaveTime(rhythm: Rhythm): void {
  const runs = nextRuns(rhythm, 'UTC', new Date(0), 60);
  const isClose = runs.some((run, at) => at > 0 && run.getTime() - (runs[at - 1]?.getTime() ?? 0) < HOUR);
  if (!isClose) return;
  throw new InputError({
    en: 'That is more often than once an hour, which no debate needs; leave an hour between two runs at least.',
    es: 'Eso es más de una vez por hora, que a ningún debate le hace falta; deja al menos una hora entre dos veces.',
  });
}

type Words<Value extends string> = Readonly<Record<string, Value>>;

const QUIET: Words<Schedule['whenQuiet']> = {
  ...{ say: 'say', tell: 'say', yes: 'say', decir: 'say', avisar: 'say', si: 'say', sí: 'say' },
  ...{ silent: 'silent', silence: 'silent', no: 'silent', callar: 'silent', silencio: 'silent' },
};

const MISSED: Words<Schedule['missed']> = {
  ...{ once: 'once', run: 'once', recuperar: 'once', una: 'once' },
  ...{ skip: 'skip', no: 'skip', omitir: 'skip', saltar: 'skip' },
};

function oneOf<Value extends string>(name: string, said: string | undefined, words: Words<Value>): Value | null {
  if (!said?.trim()) return null;
  const value = words[said.trim().toLowerCase()];
  if (value) return value;
  const [en, es] = name === 'quiet' ? ['say or silent', 'decir o callar'] : ['once or skip', 'recuperar u omitir'];
  throw new InputError({
    en: `"${said.trim()}" is none of the choices for "${name}"; say ${en}.`,
    es: `«${said.trim()}» no es una de las opciones; di ${es}.`,
  });
}

function numberIn(name: string, said: string | undefined, least: number, most: number): number | null {
  if (!said?.trim()) return null;
  const value = /^\d{1,9}(?= ?(?:min(?:ute|uto)?s?)?$)/.exec(said.trim())?.[0];
  if (value !== undefined && Number(value) >= least && Number(value) <= most) return Number(value);
  throw new InputError({
    en: `"${name}" must be a whole number from ${least} to ${most} and was "${said.trim()}"; give another value.`,
    es: `«${name === 'ahead' ? 'antes' : name}» debe ser un número entero de ${least} a ${most} y era «${said.trim()}»; da otro valor.`,
  });
}

function nobodyThere(): InputError {
  return new InputError({
    en: 'Nobody is here when the time comes: schedule it in a channel the bot serves, or with "tertulia schedule add --in PLATFORM/WORKSPACE/CHANNEL".',
    es: 'Aquí no habrá nadie cuando llegue la hora: prográmalo en un canal que atienda el bot, o con «tertulia schedule add --in PLATAFORMA/ESPACIO/CANAL».',
  });
}
