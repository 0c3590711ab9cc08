/** Steering what is scheduled. */
import { inLanguage } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Reply } from '../ports/host.ts';
import * as notice from '../schedules/notices.ts';
import { nextRun } from '../schedules/rhythm.ts';
import { whenText } from '../schedules/say.ts';
import type { Schedule } from '../schedules/schedule.ts';
import { following } from '../schedules/scheduler.ts';
import { readTopic } from '../schedules/source.ts';
import { SCHEDULE, scheduleMeant } from '../schedules/subject.ts';
import type { Verb, VerbContext } from './verb.ts';

export const activate: Verb = {
  name: 'activate',
  word: { en: 'activate', es: 'activar' },
  summary: { en: 'Let a schedule run: a new one, or a suspended one', es: 'Poner en marcha una programación' },
  about: 'calendar',
  may: 'scheduler',
  args: [SCHEDULE],
  async run(context) {
    const { store, now } = context;
    const { schedule } = await meant(context);
    const { workspace, id, rhythm, zone, createdAt, state } = schedule;
    const next = state === 'active' ? schedule.next : nextRun(rhythm, zone, now(), createdAt);
    if (state !== 'active') {
      await store.schedules.change(workspace, id, { state: 'active', reason: null, activeSince: now(), next });
    }
    const when = next ? whenText(next, zone, context.incoming.language) : '–';
    return said(
      context,
      `Schedule ${id} is active; next: ${when} (${zone}).`,
      `La programación ${id} está activa; próxima: ${when} (${zone}).`,
    );
  },
};

export const suspend: Verb = {
  name: 'suspend',
  word: { en: 'suspend', es: 'suspender' },
  summary: { en: 'Let a schedule rest until it is activated', es: 'Suspender una programación hasta que se active' },
  about: 'calendar',
  may: 'scheduler',
  args: [SCHEDULE],
  async run(context) {
    const { schedule } = await meant(context);
    const { workspace, id } = schedule;
    if (schedule.state === 'proposed') throw notActive(schedule);
    const rest = { state: 'suspended', reason: null, next: null, topic: null } as const;
    await context.store.schedules.change(workspace, id, rest);
    return said(
      context,
      `Schedule ${id} is suspended; “activate ${id}” lets it run again.`,
      `La programación ${id} queda suspendida; «activar ${id}» la pone de nuevo en marcha.`,
    );
  },
};

export const skip: Verb = {
  name: 'skip',
  word: { en: 'skip', es: 'saltar' },
  summary: { en: 'Leave the next scheduled debate out', es: 'Omitir el próximo debate programado' },
  about: 'calendar',
  may: 'scheduler',
  args: [SCHEDULE],
  async run(context) {
    const { store, now, incoming } = context;
    const { schedule, slot } = await awaited(context);
    const { workspace, id, zone, announced } = schedule;
    const next = following(schedule, slot, now());
    const run = { slot, outcome: 'skipped', topic: schedule.topic, debate: null, why: null } as const;
    const isSkipped = await store.schedules.end(workspace, id, run, { next, topic: null }, { unbegun: true });
    if (!isSkipped) throw isOver(schedule);
    const isKnown = announced?.getTime() === slot.getTime();
    if (isKnown) await tell(context, schedule, notice.skipped(schedule, slot, incoming.by.name, next));
    const { language } = incoming;
    const [left, after] = [whenText(slot, zone, language), next ? whenText(next, zone, language) : '–'];
    return said(context, `Skipped: ${left}; next: ${after}.`, `Omitido: ${left}; próxima: ${after}.`);
  },
};

export const topic: Verb = {
  name: 'topic',
  word: { en: 'topic', es: 'tema' },
  summary: {
    en: 'Change what the next scheduled debate is about',
    es: 'Cambiar el tema del próximo debate programado',
  },
  about: 'calendar',
  may: 'scheduler',
  args: [
    SCHEDULE,
    {
      name: 'what',
      word: { en: 'what', es: 'qué' },
      summary: { en: 'A link, an arXiv id or a question', es: 'Un enlace, un id de arXiv o una pregunta' },
      required: true,
    },
  ],
  async run(context) {
    const { store, args, incoming, prepared } = context;
    const { schedule, slot } = await awaited(context);
    const { workspace, id, announced } = schedule;
    const chosen = readTopic(args.what ?? '');
    if (chosen.article === null) prepared.fits(null);
    if (!(await store.schedules.during(workspace, id, slot, { topic: chosen }))) throw isOver(schedule);
    const isKnown = announced?.getTime() === slot.getTime();
    if (isKnown) await tell(context, schedule, notice.changed(schedule, slot, incoming.by.name, chosen));
    const when = whenText(slot, schedule.zone, incoming.language);
    return said(context, `${when}: ${chosen.title}.`, `${when}: ${chosen.title}.`);
  },
};

export const now: Verb = {
  name: 'now',
  word: { en: 'now', es: 'ahora' },
  summary: { en: 'Hold a scheduled debate now, beside its runs', es: 'Celebrar ahora un debate programado' },
  about: 'calendar',
  may: 'scheduler',
  spends: true,
  args: [SCHEDULE],
  async run(context) {
    const { schedule, slot } = await awaited(context);
    const { workspace, id } = schedule;
    const moment = context.now();
    // It is the run it waits for now; the one after it is the one it waited for.
    const isChanged = await context.store.schedules.during(workspace, id, slot, { next: moment, announced: moment });
    if (!isChanged) throw isOver(schedule);
    return said(context, 'It begins within two minutes.', 'Empieza en menos de dos minutos.');
  },
};

export const unschedule: Verb = {
  name: 'unschedule',
  word: { en: 'unschedule', es: 'desprogramar' },
  summary: { en: 'Forget a schedule; its debates stay', es: 'Olvidar una programación; sus debates quedan' },
  about: 'calendar',
  may: 'scheduler',
  args: [SCHEDULE],
  async run(context) {
    const { schedule } = await meant(context);
    await context.store.schedules.remove(schedule.workspace, schedule.id);
    return said(
      context,
      `Schedule ${schedule.id} is gone; what it debated is kept.`,
      `La programación ${schedule.id} ya no existe; lo que debatió se conserva.`,
    );
  },
};

function meant({ store, args, incoming }: VerbContext) {
  return scheduleMeant(store, incoming.place, args.schedule);
}

/** Active, and still waiting for the run that is meant. */
async function awaited(context: VerbContext): Promise<{ readonly schedule: Schedule; readonly slot: Date }> {
  const { schedule, slot } = await meant(context);
  const { state, next } = schedule;
  if (state !== 'active' || !next) throw notActive(schedule);
  if (slot && slot.getTime() !== next.getTime()) throw isOver(schedule);
  return { schedule, slot: next };
}

async function tell({ adapter }: VerbContext, { workspace, place, words }: Schedule, word: notice.Word): Promise<void> {
  const { key, text, invites = [] } = word;
  await adapter.tell?.({ workspace, ...place }, { key, text, language: words, invites });
}

function said({ incoming }: VerbContext, en: string, es: string): Reply {
  return { text: inLanguage({ en, es }, incoming.language) };
}

function notActive({ id }: Schedule): InputError {
  return new InputError({
    en: `Schedule ${id} is not active; "activate ${id}" first.`,
    es: `La programación ${id} no está activa; antes, «activar ${id}».`,
  });
}

function isOver({ id }: Schedule): InputError {
  return new InputError({
    en: `That run of schedule ${id} has begun or is over; "schedules ${id}" shows the next ones.`,
    es: `Esa vez de la programación ${id} ya ha empezado o ha pasado; «programados ${id}» muestra las próximas.`,
  });
}
