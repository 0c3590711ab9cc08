/** `tertulia debate`: convene, watch, write the record. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { createTerminal } from '../../adapters/terminal/index.ts';
import { createJsonLines } from '../../adapters/terminal/json-lines.ts';
import { articleSource, loadSource, type OneSource } from '../article/read.ts';
import { partsOf } from '../conducting/delivery.ts';
import type { Config } from '../config.ts';
import { type Debate, inLanguage, isOver, type Language, type Log } from '../debate.ts';
import { InputError, Interrupted } from '../errors.ts';
import { AUTO } from '../host/casting.ts';
import { checkRequest, type Preparation, type Request } from '../host/convene.ts';
import type { Tertulia } from '../main.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Person, Place } from '../ports/host.ts';
import { deliveryKey } from '../ports/store.ts';
import { checkModelSetUp, prepare } from '../prepare.ts';
import { mustBeWritable, writeRecord } from './out.ts';
import { EXIT, exitCode, lostOutput, sentence } from './report.ts';
import { onEnding, type Shell } from './shell.ts';

export interface DebateOptions {
  readonly question?: string;
  readonly lang?: string;
  readonly format?: string;
  readonly panel?: string;
  readonly rounds?: number;
  readonly words?: number;
  readonly budgetTokens?: number;
  readonly budgetMoney?: number;
  readonly follows?: string;
  readonly gate?: boolean;
  readonly out?: string;
  readonly resume?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export const WORKSPACE = 'local';

/** Whoever sits at the terminal owns it. */
function self(config: Config, language: Language): Person {
  return { id: 'you', name: config.userName ?? inLanguage({ en: 'You', es: 'Tú' }, language), admin: true, roles: [] };
}

const HERE: Place = { adapter: 'terminal', workspace: WORKSPACE, channel: 'terminal', thread: null };

export async function debateCommand(
  config: Config,
  shell: Shell,
  article: string | undefined,
  options: DebateOptions,
): Promise<number> {
  const language = options.lang === 'es' || options.lang === 'en' ? options.lang : config.language;
  const interrupt = interruption(shell);
  const deaf = onEnding(shell, () => interrupt.now());
  const adapter = screen(config, shell, options, language, interrupt.now);
  let tertulia: Tertulia | null = null;
  let resume: string | null = null;
  try {
    const prepared = await prepare(config);
    if (shell.stdout.isTTY && !options.json && !options.quiet) shell.stdout.write(preparing(language));
    const request = await checkedRequest(prepared, config, shell, article, options, language, interrupt.signal);
    const { openTertulia } = await import('../main.ts');
    tertulia = await openTertulia(config, [adapter], prepared);
    const opened = tertulia;
    interrupt.signal.addEventListener('abort', () => void opened.runner.stop(new Interrupted()));
    await adapter.start(tertulia.host);
    const debate = request
      ? await tertulia.host.convene(
          request,
          { by: self(config, language), place: HERE, origin: null },
          interrupt.signal,
        )
      : await takeUp(tertulia, adapter, options.resume ?? '');
    resume = `${config.command} --resume ${debate.id}`;
    interrupt.signal.throwIfAborted();
    if (!isDone(debate)) await tertulia.runner.untilOver(WORKSPACE, debate.id);
    resume = null;
    await adapter.stop();
    await finish(tertulia, config, shell, debate, options, language);
    return 0;
  } catch (error) {
    await adapter.stop();
    const reason: unknown = interrupt.signal.aborted ? interrupt.signal.reason : error;
    shell.stderr.write(`${sentence(reason, language, resume)}\n`);
    return exitCode(reason);
  } finally {
    deaf();
    await tertulia?.close();
  }
}

/** Once stops cleanly and a second time at once; an `error` is that of an output that takes no more. */
function interruption(shell: Shell): { readonly signal: AbortSignal; now(error?: unknown): void } {
  const abort = new AbortController();
  return {
    signal: abort.signal,
    now(error) {
      if (error !== undefined) abort.abort(lostOutput(error));
      else if (abort.signal.aborted) shell.exit(EXIT.interrupted);
      else abort.abort(new Interrupted());
    },
  };
}

/** Opening a new database and reading a long article take some seconds, in which somebody should not wonder. */
function preparing(language: Language): string {
  return `${inLanguage({ en: 'Reading the article …', es: 'Leyendo el artículo …' }, language)}\n`;
}

function screen(
  config: Config,
  { stdin, stdout }: Shell,
  options: DebateOptions,
  language: Language,
  onInterrupt: (error?: unknown) => void,
): Adapter {
  if (options.json) {
    stdout.on('error', onInterrupt);
    return createJsonLines(stdout);
  }
  return createTerminal({
    input: stdin,
    output: stdout,
    color: 'auto',
    interactive: true,
    quiet: options.quiet ?? false,
    clock: () => performance.now(),
    env: config.terminal,
    save: async ({ name, content }) => {
      const file = resolve(config.cwd, name);
      await writeFile(file, content);
      return file;
    },
    language,
    person: self(config, language),
    workspace: WORKSPACE,
    onInterrupt,
  });
}

/** null: a debate is to be resumed. Whatever can be told before a database opens is told here, as an InputError. */
async function checkedRequest(
  prepared: Preparation,
  config: Config,
  shell: Shell,
  argument: string | undefined,
  options: DebateOptions,
  language: Language,
  signal: AbortSignal,
): Promise<Request | null> {
  if (options.out !== undefined) await mustBeWritable(config.cwd, options.out);
  if (options.resume) return null;
  const source = await sourceOf(config, shell, argument, options, language, signal);
  const request = requestOf(options, source);
  checkRequest(prepared, mayBeOwn(config, prepared, request.panel) ? { ...request, panel: AUTO } : request);
  await checkModelSetUp(config);
  return source ? { ...request, source: await loadSource(source, prepared.reader, signal) } : request;
}

/** A panel nobody ships may be one that was saved here, which only the database knows. */
function mayBeOwn({ databaseUrl, dataDir }: Config, { library }: Preparation, panel: string | null): boolean {
  if (panel === null || library.panels.has(panel)) return false;
  return databaseUrl !== null || existsSync(join(dataDir, 'db'));
}

function requestOf(options: DebateOptions, source: OneSource | null): Request {
  return {
    source,
    question: options.question ?? '',
    language: options.lang ?? null,
    format: options.format ?? null,
    panel: options.panel ?? null,
    limits: {
      ...(options.rounds !== undefined && { rounds: options.rounds }),
      ...(options.words !== undefined && { words: options.words }),
      ...(options.budgetTokens !== undefined && { tokens: options.budgetTokens }),
      ...(options.budgetMoney !== undefined && { money: options.budgetMoney }),
    },
    follows: options.follows ?? null,
    gate: options.gate ?? false,
  };
}

async function sourceOf(
  config: Config,
  { stdin }: Shell,
  argument: string | undefined,
  options: DebateOptions,
  language: Language,
  signal: AbortSignal,
): Promise<OneSource | null> {
  if (argument === '-') {
    return { kind: 'bytes', name: 'stdin', bytes: await everythingFrom(addAbortSignal(signal, stdin)) };
  }
  if (argument !== undefined) {
    const source = articleSource(argument);
    return source.kind === 'file' ? { kind: 'file', path: resolve(config.cwd, source.path) } : source;
  }
  if (options.question !== undefined || options.follows !== undefined) return null;
  // Somebody who has just arrived and has no article at hand sees a debate all the same.
  const sample = `post-training.${(options.lang ?? language) === 'es' ? 'es' : 'en'}.md`;
  return { kind: 'file', path: join(import.meta.dirname, '..', 'article', 'samples', sample) };
}

async function everythingFrom(stream: NodeJS.ReadableStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** One that failed can be taken up again. */
function isDone({ status }: Debate): boolean {
  return isOver(status) && status !== 'failed';
}

/** Shows what was said so far, and what is still owed comes from the conductor. */
async function takeUp(tertulia: Tertulia, adapter: Adapter, id: string): Promise<Debate> {
  const log = await tertulia.store.load(WORKSPACE, id);
  if (!log) throw noSuchDebate(id);
  if (!isDone(log.debate)) tertulia.mustTakeUp(log.debate);
  const owed = new Set((await tertulia.store.owed(WORKSPACE, id)).map((delivery) => delivery.key));
  await adapter.openThread(log.debate, log.article?.title ?? log.debate.question);
  for (const turn of log.turns) await showAgain(adapter, log, turn, owed);
  if (isDone(log.debate)) return log.debate;
  await tertulia.store.change(WORKSPACE, id, { status: 'running', failure: null });
  return { ...log.debate, status: 'running' };
}

async function showAgain(adapter: Adapter, log: Log, turn: Log['turns'][number], owed: ReadonlySet<string>) {
  const { debate, article } = log;
  const parts = partsOf(log, turn, adapter);
  for (const [part, { text, to }] of parts.entries()) {
    const key = deliveryKey(debate.id, turn.n, part);
    if (!owed.has(key)) await adapter.post({ key, debate, article, turn, part, parts: parts.length, to, text });
  }
}

async function finish(
  tertulia: Tertulia,
  config: Config,
  { stdout }: Shell,
  debate: Debate,
  options: DebateOptions,
  language: Language,
) {
  const log = await tertulia.store.load(WORKSPACE, debate.id);
  if (!log) throw noSuchDebate(debate.id);
  const shown = config.command.startsWith('npm') ? 'npm run tertulia --' : 'tertulia';
  if (options.out !== undefined) {
    await writeRecord(config.cwd, options.out, log, `${shown} show ${debate.id} --out ${options.out}`);
  }
  if (options.json || options.quiet) return;
  const kept = {
    en: [`Debate ${debate.id} is kept.`, 'Read it again:', 'As a page:    '],
    es: [`El debate ${debate.id} queda guardado.`, 'Para releerlo:', 'Como página:  '],
  }[language === 'es' ? 'es' : 'en'];
  const show = `${shown} show ${debate.id}`;
  const page =
    options.out === undefined
      ? `${kept[2]} ${show} --out debate.html`
      : inLanguage({ en: `The record is in ${options.out}.`, es: `El registro está en ${options.out}.` }, language);
  stdout.write(`\n${kept[0]}\n${kept[1]} ${show}\n${page}\n`);
}

export function noSuchDebate(id: string): InputError {
  return new InputError({
    en: `There is no debate ${id}; "tertulia list" shows those there are.`,
    es: `No hay ningún debate ${id}; «tertulia list» muestra los que hay.`,
  });
}
