/** What a schedule says by itself in its channel, in its own language. Markdown. */
import { inLanguage, type Localised } from '../debate.ts';
import type { Notice } from '../ports/adapter.ts';
import { safeLine } from '../text/safe.ts';
import { quoted, whenText } from './say.ts';
import type { Schedule, Topic } from './schedule.ts';
import { nothingNew } from './source.ts';
import { subjectOf } from './subject.ts';

export type Word = Pick<Notice, 'key' | 'text'> & Partial<Pick<Notice, 'invites'>>;

export const THROUGH: Localised = {
  en: 'its list is through',
  es: 'se ha acabado su lista',
};

export const REMOVED: Localised = {
  en: 'the bot was removed from here',
  es: 'se retiró el bot de aquí',
};

const keyOf = ({ id }: Schedule, slot: Date, what: string) => `schedule:${id}:${slot.toISOString()}:${what}`;

export function announcement(schedule: Schedule, slot: Date, topic: Topic, now: Date): Word {
  const { id, words, zone } = schedule;
  const minutes = Math.max(1, Math.round((slot.getTime() - now.getTime()) / 60_000));
  const when = whenText(slot, zone, words);
  const subject = subjectOf(id, slot);
  const title = safeLine(topic.title);
  return {
    key: keyOf(schedule, slot, 'announced'),
    text: inLanguage(
      {
        en: `In ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} (${when}) we debate **${title}** here. “skip ${id}” skips it, “topic ${id}” with something else changes it.`,
        es: `En ${minutes} ${minutes === 1 ? 'minuto' : 'minutos'} (${when}) debatimos aquí **${title}**. «saltar ${id}» lo omite, «tema ${id}» con otra cosa lo cambia.`,
      },
      words,
    ),
    invites: ['skip', 'topic'].map((verb) => ({ verb, args: { schedule: subject } })),
  };
}

export function quiet(schedule: Schedule, slot: Date): Word {
  const { id, source, words, zone } = schedule;
  const why = inLanguage(nothingNew(source), words);
  const when = whenText(slot, zone, words);
  const after =
    source.kind === 'list'
      ? inLanguage({ en: ` Schedule ${id} is suspended.`, es: ` La programación ${id} queda suspendida.` }, words)
      : '';
  return {
    key: keyOf(schedule, slot, 'quiet'),
    text: inLanguage({ en: `No debate (${when}): ${why}.`, es: `No hay debate (${when}): ${why}.` }, words) + after,
  };
}

export function failed(schedule: Schedule, slot: Date, why: Localised): Word {
  const { id, words, zone } = schedule;
  const when = whenText(slot, zone, words);
  const reason = quoted(inLanguage(why, words), words);
  return {
    key: keyOf(schedule, slot, 'failed'),
    text: inLanguage(
      {
        en: `The debate that schedule ${id} had for ${when} could not begin: ${reason} It tries again next time.`,
        es: `El debate que la programación ${id} tenía para ${when} no ha podido empezar: ${reason} Lo intentará la próxima vez.`,
      },
      words,
    ),
  };
}

export function suspended(schedule: Schedule, slot: Date, reason: Localised): Word {
  const { id, words } = schedule;
  const why = inLanguage(reason, words);
  return {
    key: keyOf(schedule, slot, 'suspended'),
    text: inLanguage(
      {
        en: `Schedule ${id} is suspended: ${why}. Put that right, then “activate ${id}”.`,
        es: `La programación ${id} queda suspendida: ${why}. Arréglalo y después «activar ${id}».`,
      },
      words,
    ),
    invites: [{ verb: 'activate', args: { schedule: id } }],
  };
}

export function skipped(schedule: Schedule, slot: Date, by: string, next: Date | null): Word {
  const { words, zone } = schedule;
  const when = whenText(slot, zone, words);
  const after = next
    ? inLanguage(
        { en: ` Next: ${whenText(next, zone, words)}.`, es: ` Próxima: ${whenText(next, zone, words)}.` },
        words,
      )
    : '';
  return {
    key: keyOf(schedule, slot, 'skipped'),
    text:
      inLanguage(
        {
          en: `${safeLine(by)} skipped the debate of ${when}.`,
          es: `${safeLine(by)} ha omitido el debate del ${when}.`,
        },
        words,
      ) + after,
  };
}

export function changed(schedule: Schedule, slot: Date, by: string, topic: Topic): Word {
  const { words, zone } = schedule;
  const when = whenText(slot, zone, words);
  const title = safeLine(topic.title);
  return {
    key: keyOf(schedule, slot, `changed:${topic.key}`),
    text: inLanguage(
      {
        en: `${safeLine(by)} changed the topic of ${when}: we debate **${title}**.`,
        es: `${safeLine(by)} ha cambiado el tema del ${when}: debatimos **${title}**.`,
      },
      words,
    ),
  };
}
