/** Debates held again and again: making one, and looking at those there are. */
import { inLanguage } from '../debate.ts';
import { propose } from '../schedules/propose.ts';
import { describeSchedule, oneLine } from '../schedules/say.ts';
import { SCHEDULE, scheduleMeant } from '../schedules/subject.ts';
import { CONDUCT, type Verb } from './verb.ts';

export const schedule: Verb = {
  name: 'schedule',
  word: { en: 'schedule', es: 'programar' },
  summary: { en: 'Debate here again and again; shows the next runs first', es: 'Debatir aquí cada cierto tiempo' },
  about: 'calendar',
  may: 'scheduler',
  args: [
    {
      name: 'when',
      word: { en: 'when', es: 'cuándo' },
      summary: { en: '"every Monday 9:00", "first Tuesday of the month", cron', es: '«cada lunes a las 9», cron …' },
      required: true,
    },
    {
      name: 'what',
      word: { en: 'what', es: 'qué' },
      summary: {
        en: 'Feed, link, arxiv:cs.CL, question, several with | between, "links", "open"',
        es: 'Canal RSS, enlace, arxiv:cs.CL, pregunta, varios con |, «enlaces», «abiertas»',
      },
      required: true,
    },
    {
      name: 'zone',
      word: { en: 'zone', es: 'zona' },
      summary: { en: "Time zone, else the workspace's", es: 'Zona horaria, si no la del espacio' },
      required: false,
    },
    {
      name: 'ahead',
      word: { en: 'ahead', es: 'antes' },
      summary: { en: 'Minutes before in which the topic is announced', es: 'Minutos antes en que se anuncia el tema' },
      required: false,
    },
    {
      name: 'quiet',
      word: { en: 'quiet', es: 'callar' },
      summary: { en: 'When there is nothing new: say or silent', es: 'Cuando no hay nada nuevo: decir o callar' },
      required: false,
    },
    {
      name: 'missed',
      word: { en: 'missed', es: 'perdidas' },
      summary: { en: 'Runs nobody was there for: once or skip', es: 'Veces que se perdieron: recuperar u omitir' },
      required: false,
    },
    ...CONDUCT,
    {
      name: 'tokens',
      word: { en: 'tokens', es: 'tokens' },
      summary: { en: 'Tokens each debate may cost', es: 'Tokens que puede costar cada debate' },
      required: false,
    },
  ],
  async run(context) {
    const { args, incoming, now } = context;
    const { zone, ahead, quiet, missed, panel, format, language, tokens } = args;
    const said = { when: args.when ?? '', what: args.what ?? '' };
    const proposal = { ...said, zone, ahead, quiet, missed, panel, format, language, tokens };
    const { by, place, language: words } = incoming;
    const prepared = { ...context.prepared, library: await context.library() };
    const proposed = await propose({ ...context, prepared }, proposal, { by, place, words });
    const { id } = proposed;
    const shown = describeSchedule(proposed, { runs: [], now: now(), language: words });
    const ask = inLanguage(
      {
        en: `It runs once you say “activate ${id}”; “unschedule ${id}” forgets it.`,
        es: `Funcionará cuando digas «activar ${id}»; «desprogramar ${id}» lo olvida.`,
      },
      words,
    );
    const invites = ['activate', 'unschedule'].map((verb) => ({ verb, args: { schedule: id } }));
    return { text: `${shown}\n\n${ask}`, invites };
  },
};

export const schedules: Verb = {
  name: 'schedules',
  word: { en: 'schedules', es: 'programados' },
  summary: { en: 'Debates that are scheduled, or one of them', es: 'Los debates programados, o uno de ellos' },
  about: 'calendar',
  may: 'anyone',
  args: [SCHEDULE],
  async run({ store, args, incoming: { place, language }, now }) {
    if (args.schedule) {
      const { schedule: meant } = await scheduleMeant(store, place, args.schedule);
      const runs = await store.schedules.runs(place.workspace, meant.id, 5);
      return { text: describeSchedule(meant, { runs, now: now(), language }) };
    }
    const all = await store.schedules.list(place.workspace);
    const none = {
      en: 'Nothing is scheduled here; “schedule” does it.',
      es: 'No hay nada programado; «programar» lo hace.',
    };
    return { text: all.map((each) => `- ${oneLine(each, language)}`).join('\n') || inLanguage(none, language) };
  },
};
