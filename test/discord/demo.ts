/**
 * `npm run demo:discord [-- paper.pdf] [--lang es]`: a Discord on this machine, the bot on it, and somebody who types
 * `/debate start` with a PDF attached. Prints the thread as a reader sees it and writes it as a page.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { avatarOf } from '../../adapters/discord/faces.ts';
import { createDiscord } from '../../adapters/discord/index.ts';
import { startServing } from '../../src/cli/serve.ts';
import { readConfig } from '../../src/config.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import { pdf } from '../article/pdfs.ts';
import { renderHtml } from '../fakes/discord/html.ts';
import { type Discord, type Interaction, type Room, type SeenMessage, startDiscord } from '../fakes/discord/index.ts';
import { OFFICIAL } from './stage.ts';

/** A debate with a language model takes as long as the model does. Milliseconds. */
const PATIENCE = 1_200_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lang: { type: 'string', default: 'en' }, out: { type: 'string', default: 'discord-demo.html' } },
});
const [paper] = positionals;
const language = values.lang === 'es' ? 'es' : 'en';
const locale = language === 'es' ? 'es-ES' : 'en-US';
const started = language === 'es' ? 'debate empezar' : 'debate start';

const discord = await startDiscord(OFFICIAL);
const guild = discord.guild('Reading group', { channels: ['papers'], locale });
const papers = guild.room('papers');
const ana = discord.person('Ana', { guild, locale });
const config = { ...readConfig(), dataDir: 'memory://', databaseUrl: null };
const adapter = createDiscord({
  token: discord.token,
  apiUrl: discord.api,
  guildId: null,
  shards: 'auto',
  messageContent: true,
  log: () => {},
});
const serving = await startServing(config, [adapter], pino({ level: 'silent' }));
try {
  const attachment = {
    name: basename(paper ?? 'post-training.pdf'),
    contentType: 'application/pdf',
    bytes: await article(),
  };
  say(`Ana in #papers: /${started}   📎 ${attachment.name}\n`);
  const asked = await ana.slash(papers, started, { attachment, options: { language } });
  const told = await toldIn(asked);
  const thread = await discord.until(() => papers.threads[0], PATIENCE);
  say(`(only Ana sees) ${told.replace(`<#${thread.id}>`, `#${thread.name}`)}\n`);
  await discord.until(() => /✅|⚠️/.test(papers.messages[0]?.text ?? ''), PATIENCE);
  await show(thread);
  const exported = await ana.press(
    discord.thread(thread.id).messages.at(-1) ?? thread.message(thread.id),
    language === 'es' ? 'Exportar' : 'Export',
  );
  const { files } = await exported.answer();
  say(`(only Ana sees) ${files.map(({ name, bytes }) => `📎 ${name}, ${bytes.length} bytes`).join()}\n`);
  const faces = await facesByAddress();
  const pictured = (messages: readonly SeenMessage[]) => messages.map((message) => withPicture(message, faces));
  // The first message of the thread is the channel's own, from which it hangs.
  const held = { ...thread, messages: pictured(thread.messages.slice(1)) };
  const file = resolve(process.env.INIT_CWD ?? '.', values.out);
  await writeFile(file, renderHtml({ ...papers, messages: pictured(papers.messages) }, [held]));
  say(`As a page: ${file}`);
  summarise(discord, thread);
} finally {
  await serving.stop();
  await discord.stop();
}

async function article(): Promise<Uint8Array> {
  if (paper) return readFile(resolve(process.env.INIT_CWD ?? '.', paper));
  const sample = join(import.meta.dirname, '..', '..', 'src', 'article', 'samples', `post-training.${language}.md`);
  const paragraphs = (await readFile(sample, 'utf8')).split(/\n{2,}/);
  return pdf((doc) => {
    for (const paragraph of paragraphs) {
      const heading = /^#+ (.*)/.exec(paragraph)?.[1];
      doc.font(heading ? 'Helvetica-Bold' : 'Helvetica').fontSize(heading ? 14 : 10);
      doc.text(heading ?? paragraph.replace(/[*_`]/g, '').replace(/\s+/g, ' ')).moveDown();
    }
  });
}

async function toldIn(asked: Interaction): Promise<string> {
  return (await asked.answer(PATIENCE)).text;
}

async function show(thread: Room): Promise<void> {
  const faces = await facesByAddress();
  say(`━━ #papers ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\n`);
  for (const message of papers.messages) say(shown(message, faces).replaceAll(`<#${thread.id}>`, `#${thread.name}`));
  say(`━━ #papers › ${thread.name} ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\n`);
  for (const message of thread.messages.slice(1)) say(shown(message, faces));
}

function shown({ author, avatar, text }: SeenMessage, faces: ReadonlyMap<string, string>): string {
  return `${faces.get(avatar ?? '') ?? '🤖'} ${author}\n${text.replace(/^/gm, '   ')}\n`;
}

/** This Discord fetches no pictures: the emoji stands in for the picture of it. */
function withPicture(message: SeenMessage, faces: ReadonlyMap<string, string>): SeenMessage {
  const face = faces.get(message.avatar ?? '');
  if (!face) return message;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><text x="20" y="31" font-size="30" text-anchor="middle">${face}</text></svg>`;
  return { ...message, face: { contentType: 'image/svg+xml', bytes: new TextEncoder().encode(svg) } };
}

/** The emoji an avatar's address is the picture of. */
async function facesByAddress(): Promise<ReadonlyMap<string, string>> {
  const { personas, panels } = await loadLibrary(null);
  const all = [...personas.values(), ...[...panels.values()].map(({ coordinator }) => coordinator)];
  return new Map(all.map(({ face }) => [avatarOf(face), face]));
}

function summarise({ violations, requests }: Discord, thread: Room): void {
  const voices = new Set(thread.messages.filter(({ byWebhook }) => byWebhook).map(({ author }) => author));
  say(
    `${voices.size} voices, ${thread.messages.length - 1} messages, ${requests.length} requests, ${violations.length} against the API's rules`,
  );
  for (const violation of violations) say(violation);
  process.exitCode = violations.length === 0 && voices.size === 8 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
