/** From a request to a debate that is saved and ready to be conducted. */
import { detectLanguage, readyFor } from '../article/language.ts';
import { type ArticleSource, type ReaderSettings, readArticle } from '../article/read.ts';
import { partsOf } from '../conducting/delivery.ts';
import { withThread } from '../conducting/threads.ts';
import {
  type Article,
  centralQuestion,
  type Debate,
  type Earlier,
  type Format,
  type Language,
  type Limits,
  type Log,
  type Panel,
} from '../debate.ts';
import { InputError } from '../errors.ts';
import { hasGate } from '../formats/gate.ts';
import { DEFAULT_FORMAT, findFormat } from '../formats/registry.ts';
import type { InTurn } from '../in-turn.ts';
import { DEFAULT_PANEL, findPanel, type Library } from '../personas/library.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Person, Place } from '../ports/host.ts';
import type { NewDebate, Store } from '../ports/store.ts';
import type { Caster } from '../ports/voice.ts';
import { AUTO, type Cast, castPanel, castTurn } from './casting.ts';
import { followable, followed, recall, recalled } from './memory.ts';
import { type DayLeft, mustBeAllowedToStart } from './rights.ts';

export interface Request {
  readonly source: ArticleSource | null;
  readonly question: string;
  /** null: the question's, else the article's. */
  readonly language: Language | null;
  readonly format: string | null;
  readonly panel: string | null;
  readonly limits: Partial<Limits>;
  /** An earlier debate of the workspace whose open questions are taken up. What is not asked for is as it was there. */
  readonly follows?: string | null;
  /** Polls the panel first, and debates only if it is split. */
  readonly gate?: boolean;
}

/** What a request is checked against before anything is opened or read. */
export interface Preparation {
  readonly library: Library;
  readonly formats: readonly Format[];
  readonly voice: Debate['voice'];
  /** Says with an InputError why the voice cannot debate this; null article: a bare question. */
  readonly fits: (article: Article | null) => void;
  readonly reader: ReaderSettings;
  readonly limits: Limits;
  /** Models of the panel whose price nobody knows; absent: it does not matter. */
  readonly unpriced?: (panel: Panel) => readonly string[];
  /** Proposes who should debate a topic; absent: personas are chosen by what they read for. */
  readonly caster?: Caster;
}

export interface Convening extends Preparation {
  readonly store: Store;
  readonly adapter: Adapter;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Starts of one workspace count one another. */
  readonly inTurn: InTurn;
}

interface Checked {
  /** null: it is cast once the article is read. */
  readonly panel: Panel | null;
  readonly format: Format;
  readonly limits: Limits;
}

/**
 * What the request comes to. Throws an InputError for whatever can be told before the article is read. `before`: the
 * debate it follows, once that is known.
 */
export function checkRequest(preparation: Preparation, request: Request, before: Log | null = null): Checked {
  const { library, formats, fits, limits, voice } = preparation;
  if (!request.source && request.question.trim() === '' && !request.follows) throw nothingToDebate();
  if (request.gate && voice === 'offline') throw noOpinions();
  const panel = request.panel === AUTO ? null : panelOf(library, request, before);
  const format = findFormat(request.format ?? before?.debate.format ?? DEFAULT_FORMAT, formats);
  if (panel) mustSeat(format, panel);
  mustSuit(format, voice);
  if (request.gate && !hasGate(format.id)) throw noSides(format);
  if (request.language !== null) mustBeSpoken(request.language, voice);
  if (!request.source && !request.follows) fits(null);
  const kept = withinReason({ ...limits, ...request.limits });
  mustBePriced(preparation, panel, kept);
  return { panel, format, limits: kept };
}

function panelOf(library: Library, { panel }: Request, before: Log | null): Panel {
  return panel === null && before ? before.debate.panel : findPanel(library, panel ?? DEFAULT_PANEL);
}

/** Who asks for a debate, where, and by which event. */
export interface Occasion {
  readonly by: Person;
  readonly place: Place;
  /** Asking by the same event again leads to the debate it began; null: nobody delivers it twice. */
  readonly origin: string | null;
}

/** Reads, checks and saves. Bad input rejects with an InputError before anything is saved. */
export async function convene(
  convening: Convening,
  request: Request,
  occasion: Occasion,
  signal?: AbortSignal,
): Promise<Debate> {
  const { store, adapter, inTurn } = convening;
  const { by, place, origin } = occasion;
  const { workspace } = place;
  const begun = origin === null ? null : await store.findByOrigin(workspace, origin);
  if (begun) return begun;
  const before = request.follows ? await followable(store, workspace, request.follows) : null;
  const checked = checkRequest(convening, request, before);
  await mustBeAllowedToStart(convening, workspace, by);
  await adapter.prepare?.(place);
  const read = request.source ? await readOnce(convening, request.source, workspace, signal) : null;
  const article = read ?? before?.article ?? null;
  if (article || before) convening.fits(article);
  const articleId = article && (await store.saveArticle(workspace, article));
  const language = before && !request.language ? before.debate.language : await languageOf(request, article);
  const question = request.question.trim() || (before ? centralQuestion(before) : '');
  const earlier = await earlierOf(convening, workspace, { question, article, language }, before);
  const cast = checked.panel ? null : await castFor(convening, checked.format, { question, article, language }, signal);
  const panel = checked.panel ?? cast?.panel ?? findPanel(convening.library, DEFAULT_PANEL);
  const asked = newDebate(convening, {
    ...checked,
    ...occasion,
    question,
    panel,
    language,
    ...(earlier && { earlier }),
    ...(request.gate && { gate: true }),
  });
  const debate = await inTurn(workspace, async () => {
    // Again, for others may have started theirs while the article was read.
    const limits = atMost(await mustBeAllowedToStart(convening, workspace, by), asked.limits);
    mustBePriced(convening, asked.panel, limits);
    return store.createDebate(workspace, { ...asked, articleId, limits });
  });
  if (cast) {
    const turn = castTurn(cast, language);
    const parts = partsOf({ debate, article, turns: [] }, turn, adapter);
    // Posted before the opening, by whoever conducts it.
    await store.saveTurn(workspace, debate.id, turn, parts, 'pending');
  }
  return withThread(store, adapter, { debate, article }).catch(async (error: unknown) => {
    // Nobody is to take up a debate whose starter was told that it could not begin.
    const failure = error instanceof Error ? error.message : String(error);
    await store.change(workspace, debate.id, { status: 'failed', failure });
    throw error;
  });
}

interface Topic {
  readonly question: string;
  readonly article: Article | null;
  readonly language: Language;
}

/** What was concluded here that the topic has to do with; the debate followed, where one is. */
async function earlierOf(
  { store, adapter }: Convening,
  workspace: string,
  { question, article, language }: Topic,
  before: Log | null,
): Promise<Earlier | null> {
  if (before) return followed(before, adapter);
  const topic = { question, language, title: article?.title ?? '', article: article?.sha256 ?? null };
  const found = await recall(store, workspace, topic);
  return found && recalled(found, adapter, workspace);
}

async function castFor(
  { library, caster }: Convening,
  format: Format,
  topic: Topic,
  signal?: AbortSignal,
): Promise<Cast> {
  const cast = await castPanel(topic, library, caster ?? null, signal);
  mustSeat(format, cast.panel);
  return cast;
}

function newDebate(
  { newId, voice }: Convening,
  given: Checked & Occasion & Pick<NewDebate, 'question' | 'panel' | 'language' | 'earlier' | 'gate'>,
): Omit<NewDebate, 'articleId'> {
  const { format, by, place, origin, ...asked } = given;
  return {
    ...asked,
    id: newId(),
    format: format.id,
    voice,
    thread: { adapter: place.adapter, channel: place.channel, thread: place.thread ?? '' },
    startedBy: by.id,
    origin,
  };
}

/** A debate may cost no more than what its workspace has left. */
function atMost(left: DayLeft, limits: Limits): Limits {
  return {
    ...limits,
    tokens: lesser(limits.tokens, left.tokens),
    money: lesser(limits.money ?? null, left.money),
  };
}

function lesser(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function readOnce(convening: Convening, source: ArticleSource, workspace: string, signal?: AbortSignal) {
  const cached = async (sha256: string) => (await convening.store.findArticle(workspace, sha256))?.article ?? null;
  return readArticle(source, { ...convening.reader, cached }, signal);
}

async function languageOf(request: Request, article: Article | null): Promise<Language> {
  if (request.language) return request.language;
  // A short question says little about its language beside a whole article.
  if (article && request.question.trim().split(/\s+/).length < 4) return article.language;
  await readyFor(request.question);
  return detectLanguage(request.question) ?? 'en';
}

function mustSeat(format: Format, panel: Panel): void {
  const seats = panel.personas.length;
  if (seats >= format.least && seats <= format.most) return;
  const { id, least, most } = format;
  throw new InputError({
    en: `The format "${id}" needs ${least} to ${most} personas and the panel "${panel.id}" has ${seats}; choose another panel.`,
    es: `El formato «${id}» necesita de ${least} a ${most} personas y la mesa «${panel.id}» tiene ${seats}; elige otra mesa.`,
  });
}

function mustSuit({ id, needs }: Format, voice: Debate['voice']): void {
  if (needs !== 'model' || voice === 'model') return;
  throw new InputError({
    en: `The format "${id}" asks for judgement, and the offline voice only reads out; set TERTULIA_MODEL, or choose "${DEFAULT_FORMAT}".`,
    es: `El formato «${id}» pide juzgar, y la voz sin conexión solo lee; define TERTULIA_MODEL o elige «${DEFAULT_FORMAT}».`,
  });
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** A language there is, and that the voice speaks: read-out frames exist in two. */
function mustBeSpoken(language: Language, voice: Debate['voice']): void {
  if (!/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(language) || languageNames.of(language) === undefined) {
    throw new InputError({
      en: `"${language}" is no language known here; give a code such as en, es or pt.`,
      es: `«${language}» no es un idioma que se conozca aquí; da un código como es, en o pt.`,
    });
  }
  if (voice === 'offline' && language !== 'en' && language !== 'es') {
    throw new InputError({
      en: `Without a language model a debate is held in English or Spanish, not in "${language}"; choose one, or set TERTULIA_MODEL.`,
      es: `Sin modelo de lenguaje un debate se celebra en español o inglés, no en «${language}»; elige uno, o define TERTULIA_MODEL.`,
    });
  }
}

function withinReason(limits: Limits): Limits {
  within('rounds', limits.rounds, 1, 5);
  within('words', limits.words, 20, 400);
  if (limits.tokens !== null) within('budget-tokens', limits.tokens, 1000, 100_000_000);
  if (limits.money != null && !(limits.money > 0 && limits.money <= 1_000_000)) throw noAmount(limits.money);
  return limits;
}

function within(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new InputError({
    en: `"${name}" must be a whole number from ${least} to ${most}; give another value.`,
    es: `«${name}» debe ser un número entero de ${least} a ${most}; da otro valor.`,
  });
}

function noAmount(money: number): InputError {
  return new InputError({
    en: `"budget-money" must be an amount of US dollars above 0 such as 0.50, and was ${money}; give another value.`,
    es: `«budget-money» debe ser una cantidad de dólares mayor que 0, como 0.50, y era ${money}; da otro valor.`,
  });
}

function noSides({ id }: Format): InputError {
  return new InputError({
    en: `The gate polls the panel on a question of yes or no, and the format "${id}" asks none; leave the gate out or choose another format.`,
    es: `El filtro sondea a la mesa sobre una pregunta de sí o no, y el formato «${id}» no plantea ninguna; quita el filtro o elige otro formato.`,
  });
}

function noOpinions(): InputError {
  return new InputError({
    en: 'The gate asks the panel what it thinks, and without a language model it thinks nothing; leave the gate out, or set TERTULIA_MODEL.',
    es: 'El filtro pregunta a la mesa qué opina, y sin modelo de lenguaje no opina nada; quita el filtro o define TERTULIA_MODEL.',
  });
}

/** Money can be limited only where all prices are known: nobody guesses them. */
function mustBePriced({ unpriced }: Preparation, panel: Panel | null, { money }: Limits): void {
  const [model] = money == null || !panel ? [] : (unpriced?.(panel) ?? []);
  if (model === undefined) return;
  throw new InputError({
    en: `Nobody here knows what ${model} costs, so its money can't be limited; name its price in the file TERTULIA_PRICES names, or limit tokens.`,
    es: `Aquí nadie sabe cuánto cuesta ${model}, así que no se puede limitar su dinero; pon su precio en el archivo que indica TERTULIA_PRICES, o limita los tokens.`,
  });
}

function nothingToDebate(): InputError {
  return new InputError({
    en: 'There is nothing to debate yet; give an article (a link, an arXiv id or a file) or a question.',
    es: 'Todavía no hay nada que debatir; da un artículo (un enlace, un id de arXiv o un archivo) o una pregunta.',
  });
}
