/**
 * `npm run demo:slack [-- paper.pdf] [--lang es]`: a Slack on this machine, the bot on it by Socket Mode, and people who
 * share a PDF in a thread and call the bot there. Prints the thread as a reader sees it and writes it as a page.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { iconOf } from '../../adapters/slack/faces.ts';
import { createSlack } from '../../adapters/slack/index.ts';
import { startServing } from '../../src/cli/serve.ts';
import { readConfig } from '../../src/config.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import { pdf } from '../article/pdfs.ts';
import { type SeenMessage, startSlack } from '../fakes/slack/index.ts';
import { turnsIn } from './stage.ts';

/** A debate with a language model takes as long as the model does. Milliseconds. */
const PATIENCE = 1_200_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lang: { type: 'string', default: 'en' }, out: { type: 'string', default: 'slack-demo.html' } },
});
const [paper] = positionals;
const isSpanish = values.lang === 'es';
const locale = isSpanish ? 'es-ES' : 'en-US';

const folder = await mkdtemp(join(tmpdir(), 'tertulia-demo-'));
const slack = await startSlack();
const team = slack.team('Reading group', { channels: ['papers'] });
const papers = team.room('papers');
const [ana, ben] = [team.person('Ana', { locale }), team.person('Ben', { locale })];
const faces = await facesByIcon();
const config = { ...readConfig(), dataDir: join(folder, 'data'), databaseUrl: null };
const adapter = createSlack({
  access: { kind: 'token', botToken: team.bot.token },
  transport: { kind: 'socket', appToken: slack.app.appToken },
  apiUrl: slack.api,
  log: () => {},
});
const serving = await startServing(config, [adapter], pino({ level: 'silent' }));
try {
  const file = { name: basename(paper ?? 'post-training.pdf'), contentType: 'application/pdf', bytes: await article() };
  const root = ana.says(papers, isSpanish ? 'Para el jueves: ¿leemos esto?' : 'For Thursday: shall we read this?', {
    files: [file],
  });
  ben.says(papers, isSpanish ? 'Antes quiero saber si se sostiene.' : 'First I want to know whether it holds up.', {
    thread: root,
  });
  ana.mentions(papers, isSpanish ? '¿se sostiene lo que afirma?' : 'does it hold up?', { thread: root });
  const isOver = () => papers.thread(root.ts).some(({ text }) => /✅|⚠️/.test(text));
  await slack.until(isOver, PATIENCE);
  await slack.settled();
  const thread = papers.thread(root.ts);
  say('━━ #papers ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\n');
  for (const message of papers.messages) say(shown(message));
  say('━━ #papers › thread ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\n');
  for (const message of thread.slice(1)) say(shown(message));
  const last = thread.findLast(({ buttons }) => buttons.length > 0);
  if (last) await ana.presses(last, isSpanish ? 'Exportar' : 'Export');
  const record = await slack.until(() => ana.dm.messages.flatMap(({ files }) => files)[0], PATIENCE);
  say(`(only Ana sees) 📎 ${record.name}, ${record.bytes.length} bytes\n`);
  const page = resolve(process.env.INIT_CWD ?? '.', values.out);
  await writeFile(page, slack.html(papers, { thread: root.ts, title: '#papers' }));
  say(`As a page: ${page}`);
  summarise(thread);
} finally {
  await serving.stop();
  await slack.stop();
  await rm(folder, { recursive: true, force: true });
}

async function article(): Promise<Uint8Array> {
  if (paper) return readFile(resolve(process.env.INIT_CWD ?? '.', paper));
  const name = `post-training.${isSpanish ? 'es' : 'en'}.md`;
  const sample = join(import.meta.dirname, '..', '..', 'src', 'article', 'samples', name);
  const paragraphs = (await readFile(sample, 'utf8')).split(/\n{2,}/);
  return pdf((doc) => {
    for (const paragraph of paragraphs) {
      const heading = /^#+ (.*)/.exec(paragraph)?.[1];
      doc.font(heading ? 'Helvetica-Bold' : 'Helvetica').fontSize(heading ? 14 : 10);
      doc.text(heading ?? paragraph.replace(/[*_`]/g, '').replace(/\s+/g, ' ')).moveDown();
    }
  });
}

function shown({ author, icon, text, byBot }: SeenMessage): string {
  const face = faces.get(icon ?? '') ?? (byBot ? '🤖' : '🙂');
  return `${face} ${author}\n${text.replace(/^/gm, '   ')}\n`;
}

async function facesByIcon(): Promise<ReadonlyMap<string, string>> {
  const { personas, panels } = await loadLibrary(null);
  const all = [...personas.values(), ...[...panels.values()].map(({ coordinator }) => coordinator)];
  return new Map(all.map(({ face }) => [iconOf(face), face]));
}

function summarise(thread: readonly SeenMessage[]): void {
  const voices = new Set(thread.filter(({ icon }) => icon !== null).map(({ author }) => author));
  const { violations, requests } = slack;
  say(
    `${voices.size} voices, ${turnsIn(thread).length} messages of turns, ${requests.length} requests, ${violations.length} against the API's rules`,
  );
  for (const violation of violations) say(violation);
  process.exitCode = violations.length === 0 && voices.size === 8 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
