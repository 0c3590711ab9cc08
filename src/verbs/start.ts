/** Beginning a debate. */
import { articleSource } from '../article/read.ts';
import { inLanguage } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Request } from '../host/convene.ts';
import type { Incoming } from '../ports/host.ts';
import { CONDUCT, type Verb } from './verb.ts';

export const start: Verb = {
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
    ...CONDUCT,
    {
      name: 'rounds',
      word: { en: 'rounds', es: 'rondas' },
      summary: { en: 'Rounds of replies', es: 'Rondas de réplicas' },
      required: false,
    },
    {
      name: 'money',
      word: { en: 'money', es: 'dinero' },
      summary: { en: 'US dollars it may cost', es: 'Dólares que puede costar' },
      required: false,
    },
    {
      name: 'follows',
      word: { en: 'follows', es: 'sigue' },
      summary: { en: 'Earlier debate whose open questions it takes up', es: 'Debate anterior cuyas preguntas retoma' },
      required: false,
      choices: 'debates',
    },
    {
      name: 'gate',
      word: { en: 'gate', es: 'filtro' },
      summary: { en: 'Poll first; debate only if split', es: 'Sondear antes; debatir solo si no coinciden' },
      required: false,
      options: [
        { id: 'yes', name: { en: 'yes', es: 'sí' } },
        { id: 'no', name: { en: 'no', es: 'no' } },
      ],
    },
  ],
  async run({ args, incoming, convene }) {
    const debate = await convene({
      source: sourceOf(args.article, incoming.attachments ?? []),
      question: args.question ?? '',
      language: args.language ?? null,
      format: args.format ?? null,
      panel: args.panel ?? null,
      limits: {
        ...(args.rounds && { rounds: Number(args.rounds) }),
        ...(args.money && { money: Number(args.money.replace(/^\$/, '').replace(',', '.')) }),
      },
      follows: args.follows || null,
      gate: args.gate === 'yes',
    });
    return {
      text: inLanguage({ en: `Debate ${debate.id} begins.`, es: `Empieza el debate ${debate.id}.` }, debate.language),
      debateId: debate.id,
    };
  },
};

/** A link, an arXiv id or an attachment: chat never reaches the files of the machine the bot runs on. */
function sourceOf(argument: string | undefined, attachments: NonNullable<Incoming['attachments']>): Request['source'] {
  const parts = attachments.map((each) => ({ kind: 'bytes', ...each }) as const);
  const [first, ...others] = parts;
  if (first) return others.length === 0 ? first : { kind: 'parts', name: first.name, parts };
  if (!argument) return null;
  const source = articleSource(argument);
  if (source.kind !== 'file') return source;
  throw new InputError({
    en: `"${argument}" is neither a link nor an arXiv id; paste a link or attach the file.`,
    es: `«${argument}» no es ni un enlace ni un id de arXiv; pega un enlace o adjunta el archivo.`,
  });
}
