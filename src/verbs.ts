/** What people can do, each defined once; adapters render whatever stands here. */
import { articleSource } from './article/read.ts';
import { tokensReported } from './budget.ts';
import { personaCalled } from './checks/names.ts';
import type { Request } from './convene.ts';
import { centralQuestion, type Debate, type Format, inLanguage, type Log, type Panel, speakers } from './debate.ts';
import { InputError } from './errors.ts';
import { saveHumanTurn } from './human-turn.ts';
import type { Library } from './personas/library.ts';
import type { Adapter, Incoming, Reply, Store, VerbDefinition } from './ports.ts';
import { exportRecord } from './record/export.ts';
import { buildRecord } from './record/record.ts';
import { roleNames } from './rights.ts';
import { changedSettings, describeSettings, settingArguments } from './settings.ts';
import { statusWords } from './words.ts';

export interface VerbContext {
  readonly store: Store;
  /** Of the platform it is done on. */
  readonly adapter: Adapter;
  readonly now: () => Date;
  readonly library: Library;
  readonly formats: readonly Format[];
  readonly incoming: Incoming;
  readonly args: Readonly<Record<string, string>>;
  /** The debate it is about, whole; null for verbs that need none. */
  readonly log: Log | null;
  readonly convene: (request: Request) => Promise<Debate>;
  /** Puts the debate (back) into the hands of a worker. */
  readonly enqueue: (debate: Debate) => void;
}

export interface Verb extends VerbDefinition {
  /** Makes the panel speak beyond what the debate was begun for. */
  readonly spends?: true;
  run(context: VerbContext): Promise<Reply>;
}

const DEBATE = {
  name: 'debate',
  word: { en: 'debate', es: 'debate' },
  summary: { en: 'Which debate; that of this thread if left out', es: 'Qué debate; el de este hilo si no se dice' },
  required: false,
  choices: 'debates',
} as const;

const start: Verb = {
  name: 'start',
  word: { en: 'start', es: 'empezar' },
  summary: { en: 'Debate an article or a question', es: 'Debatir un artículo o una pregunta' },
  may: 'anyone',
  args: [
    {
      name: 'article',
      word: { en: 'article', es: 'artículo' },
      summary: { en: 'Link or arXiv id', es: 'Enlace o id de arXiv' },
      required: false,
    },
    {
      name: 'question',
      word: { en: 'question', es: 'pregunta' },
      summary: { en: 'What to decide', es: 'Qué hay que decidir' },
      required: false,
    },
    {
      name: 'panel',
      word: { en: 'panel', es: 'mesa' },
      summary: { en: 'Who debates', es: 'Quiénes debaten' },
      required: false,
      choices: 'panels',
    },
    {
      name: 'format',
      word: { en: 'format', es: 'formato' },
      summary: { en: 'How it goes', es: 'Cómo se desarrolla' },
      required: false,
      choices: 'formats',
    },
    {
      name: 'language',
      word: { en: 'language', es: 'idioma' },
      summary: { en: 'Language of the debate', es: 'Idioma del debate' },
      required: false,
      choices: 'languages',
    },
    {
      name: 'rounds',
      word: { en: 'rounds', es: 'rondas' },
      summary: { en: 'Rounds of replies', es: 'Rondas de réplicas' },
      required: false,
    },
  ],
  async run({ args, incoming, convene, enqueue }) {
    const debate = await convene({
      source: sourceOf(args.article, incoming.attachments?.[0]),
      question: args.question ?? '',
      language: args.language ?? null,
      format: args.format ?? null,
      panel: args.panel ?? null,
      limits: args.rounds ? { rounds: Number(args.rounds) } : {},
    });
    enqueue(debate);
    return {
      text: inLanguage({ en: `Debate ${debate.id} begins.`, es: `Empieza el debate ${debate.id}.` }, debate.language),
      debateId: debate.id,
    };
  },
};

const status: Verb = {
  name: 'status',
  word: { en: 'status', es: 'estado' },
  summary: { en: 'Where the debate stands', es: 'Cómo va el debate' },
  may: 'anyone',
  args: [DEBATE],
  when: ['running', 'paused', 'concluded', 'stopped', 'failed'],
  async run({ log, formats, incoming }) {
    const { debate, turns } = needed(log);
    const expected = formats.find((format) => format.id === debate.format)?.expectedTurns(needed(log)) ?? turns.length;
    const tokens = tokensReported(turns);
    const say = (en: string, es: string) => inLanguage({ en, es }, incoming.language);
    const lines = [
      `**${debate.id}** · ${inLanguage(statusWords[debate.status], incoming.language)} · ${say('turn', 'turno')} ${turns.length}/${Math.max(expected, turns.length)}${tokens ? ` · ${tokens} tokens` : ''}`,
      centralQuestion(needed(log)),
      debate.failure ?? '',
    ];
    return { text: lines.filter(Boolean).join('\n'), debateId: debate.id };
  },
};

const pause: Verb = {
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

const resume: Verb = {
  name: 'resume',
  word: { en: 'resume', es: 'reanudar' },
  summary: { en: 'Take a paused or interrupted debate up again', es: 'Retomar un debate en pausa o interrumpido' },
  may: 'starter',
  args: [DEBATE],
  when: ['running', 'paused', 'failed'],
  async run({ log, store, incoming, enqueue }) {
    const { debate } = needed(log);
    await store.change(debate.workspace, debate.id, { status: 'running', failure: null });
    enqueue(debate);
    return said(debate, incoming, 'We go on.', 'Seguimos.');
  },
};

const stop: Verb = {
  name: 'stop',
  word: { en: 'stop', es: 'terminar' },
  summary: { en: 'Stop here and conclude', es: 'Parar aquí y concluir' },
  may: 'starter',
  args: [DEBATE],
  when: ['running', 'paused', 'failed'],
  async run({ log, store, incoming, enqueue }) {
    const { debate } = needed(log);
    await store.change(debate.workspace, debate.id, { status: 'running', ending: 'asked', failure: null });
    enqueue(debate);
    return said(debate, incoming, 'The coordinator closes the debate.', 'El coordinador cierra el debate.');
  },
};

const round: Verb = {
  name: 'round',
  word: { en: 'round', es: 'ronda' },
  summary: { en: 'Another round of replies', es: 'Otra ronda de réplicas' },
  may: 'starter',
  spends: true,
  args: [DEBATE],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run({ log, store, incoming, enqueue }) {
    const { debate } = needed(log);
    const limits = { ...debate.limits, rounds: debate.limits.rounds + 1 };
    await store.change(debate.workspace, debate.id, { limits, status: 'running', ending: null, endedAt: null });
    enqueue(debate);
    return said(debate, incoming, 'One more round.', 'Una ronda más.');
  },
};

const ask: Verb = {
  name: 'ask',
  word: { en: 'ask', es: 'preguntar' },
  summary: { en: 'Put a question to one persona', es: 'Hacer una pregunta a una persona de la mesa' },
  may: 'anyone',
  spends: true,
  args: [
    {
      name: 'persona',
      word: { en: 'persona', es: 'persona' },
      summary: { en: 'Who should answer', es: 'Quién debe contestar' },
      required: true,
      choices: 'personas',
    },
    {
      name: 'question',
      word: { en: 'question', es: 'pregunta' },
      summary: { en: 'The question', es: 'La pregunta' },
      required: true,
    },
  ],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run({ log, args, incoming, store, enqueue }) {
    const { debate } = needed(log);
    const persona = personaCalled(args.persona ?? '', debate.panel);
    if (!persona) throw unknownPersona(args.persona ?? '', debate.panel);
    const question = { key: `question-${incoming.id}`, text: args.question ?? '', to: persona.id };
    await saveHumanTurn(store, needed(log), incoming, question);
    if (debate.status !== 'paused') {
      await store.change(debate.workspace, debate.id, { status: 'running', endedAt: null });
      enqueue(debate);
    }
    const name = inLanguage(persona.name, debate.language);
    return said(debate, incoming, `${name} answers next.`, `${name} contesta a continuación.`);
  },
};

const exportVerb: Verb = {
  name: 'export',
  word: { en: 'export', es: 'exportar' },
  summary: { en: 'The whole debate as md, json or html', es: 'El debate entero en md, json o html' },
  may: 'anyone',
  args: [
    {
      name: 'kind',
      word: { en: 'kind', es: 'tipo' },
      summary: { en: 'md, json or html', es: 'md, json o html' },
      required: false,
      choices: 'exports',
    },
    DEBATE,
  ],
  when: ['running', 'paused', 'concluded', 'stopped', 'failed'],
  async run({ log, args }) {
    const attachment = exportRecord(buildRecord(needed(log), { now: new Date() }), args.kind ?? 'md');
    return { text: attachment.name, debateId: needed(log).debate.id, attachment };
  },
};

const list: Verb = {
  name: 'list',
  word: { en: 'list', es: 'lista' },
  summary: { en: 'Debates so far', es: 'Los debates hasta ahora' },
  may: 'anyone',
  args: [],
  async run({ store, incoming }) {
    const debates = await store.list(incoming.place.workspace, 50);
    const none = { en: 'No debates yet.', es: 'Todavía no hay debates.' };
    const lines = debates.map((each) => {
      const day = each.startedAt.toISOString().slice(0, 16).replace('T', ' ');
      const state = inLanguage(statusWords[each.status], incoming.language);
      return `- **${each.id}** · ${day} · ${state} · ${each.turns} · ${each.title || each.question}`;
    });
    return { text: lines.join('\n') || inLanguage(none, incoming.language) };
  },
};

const show: Verb = {
  name: 'show',
  word: { en: 'show', es: 'mostrar' },
  summary: { en: 'Read a debate', es: 'Leer un debate' },
  may: 'anyone',
  args: [DEBATE],
  when: ['running', 'paused', 'concluded', 'stopped', 'failed'],
  async run({ log }) {
    const { content } = exportRecord(buildRecord(needed(log), { now: new Date() }), 'md');
    return { text: content, debateId: needed(log).debate.id };
  },
};

const panels: Verb = {
  name: 'panels',
  word: { en: 'panels', es: 'mesas' },
  summary: { en: 'The panels there are', es: 'Las mesas que hay' },
  may: 'anyone',
  args: [],
  async run({ library, incoming: { language } }) {
    const lines = [...library.panels.values()].map((panel) => {
      const faces = speakers(panel)
        .map((each) => each.face)
        .join('');
      return `- **${panel.id}** · ${inLanguage(panel.name, language)} ${faces}\n  ${inLanguage(panel.summary, language)}`;
    });
    return { text: lines.join('\n') };
  },
};

const personas: Verb = {
  name: 'personas',
  word: { en: 'personas', es: 'personas' },
  summary: { en: 'Who can sit on a panel, and what each must do', es: 'Quién puede sentarse a la mesa y qué le toca' },
  may: 'anyone',
  args: [],
  async run({ library, incoming: { language } }) {
    const lines = [...library.personas.values()].map(
      (each) =>
        `- ${each.face} **${inLanguage(each.name, language)}** (${each.id}): ${inLanguage(each.duty, language)}`,
    );
    return { text: lines.join('\n') };
  },
};

const settings: Verb = {
  name: 'settings',
  word: { en: 'settings', es: 'ajustes' },
  summary: { en: 'Who may do what here, and how much', es: 'Quién puede hacer qué aquí, y cuánto' },
  may: 'admin',
  args: settingArguments,
  async run({ store, adapter, args, incoming }) {
    const { workspace } = incoming.place;
    const before = await store.settings(workspace);
    const after = changedSettings(before, args);
    if (Object.keys(args).length > 0) await store.saveSettings(workspace, after);
    const { start, steer, schedule, personas } = after.roles;
    const named = (roles: readonly string[]) => roleNames(adapter, workspace, roles);
    const names = {
      start: await named(start),
      steer: await named(steer),
      schedule: await named(schedule),
      personas: await named(personas),
    };
    return { text: describeSettings(after, names, incoming.language) };
  },
};

export const verbs: readonly Verb[] = [
  start,
  status,
  pause,
  resume,
  stop,
  round,
  ask,
  exportVerb,
  list,
  show,
  panels,
  personas,
  settings,
];

/** A link, an arXiv id or an attachment: chat never reaches the files of the machine the bot runs on. */
function sourceOf(argument: string | undefined, attachment: IncomingAttachment | undefined): Request['source'] {
  if (attachment)
    return { kind: 'bytes', name: attachment.name, bytes: attachment.bytes, mediaType: attachment.mediaType };
  if (!argument) return null;
  const source = articleSource(argument);
  if (source.kind !== 'file') return source;
  throw new InputError({
    en: `"${argument}" is neither a link nor an arXiv id; paste a link or attach the file.`,
    es: `«${argument}» no es ni un enlace ni un id de arXiv; pega un enlace o adjunta el archivo.`,
  });
}

type IncomingAttachment = NonNullable<Incoming['attachments']>[number];

function needed(log: Log | null): Log {
  if (!log) throw new Error('this verb is about a debate and was given none');
  return log;
}

function said(debate: Debate, incoming: Incoming, en: string, es: string): Reply {
  return { text: inLanguage({ en, es }, incoming.language), debateId: debate.id };
}

function unknownPersona(name: string, panel: Panel): InputError {
  const known = panel.personas.map((each) => each.id).join(', ');
  return new InputError({
    en: `Nobody at this table is called "${name}"; ask one of: ${known}.`,
    es: `En esta mesa nadie se llama «${name}»; pregunta a: ${known}.`,
  });
}
