/**
 * `npm run check:paper -- FILE.pdf …`: debates real papers in both languages with both voices and examines each record
 * with independent means: another PDF library, the JSON Schema, a language detector.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { eld } from 'eld/large';
import type { z } from 'zod';
import { debateRecord } from '../../src/record/schema.ts';
import { runCommand } from '../fakes/command.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { startOpenAiServer } from '../fakes/openai-server.ts';

type DebateRecord = z.infer<typeof debateRecord>;

const SPEAKERS = ['coordinator', 'researcher', 'reviewer', 'critic', 'doomer', 'philosopher', 'enthusiast', 'newcomer'];
const SCHEMA = join(import.meta.dirname, '..', '..', 'docs', 'record.schema.json');

/** What is wrong with the record, each a sentence; none: it is as it should be. */
async function faultsOf(record: DebateRecord, language: string, paper: string): Promise<string[]> {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string) => void (holds || faults.push(fault));
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(await readFile(SCHEMA, 'utf8')));
  must(validate(record), `the record does not fit its schema: ${JSON.stringify(validate.errors?.slice(0, 2))}`);
  must(record.debate.status === 'concluded', `the debate is ${record.debate.status}`);
  const heard = new Set(record.turns.map((turn) => turn.speaker));
  must(
    SPEAKERS.every((id) => heard.has(id)),
    `only ${[...heard].join(', ')} were heard`,
  );
  const opening = record.turns.slice(0, 8).map((turn) => turn.speaker);
  must(opening.join() === SPEAKERS.join(), `the first eight turns are by ${opening.join(', ')}`);
  must(record.turns.at(-1)?.kind === 'synthesis', 'the last turn is not the synthesis');

  for (const turn of record.turns) {
    const own = turn.text.replace(/“[^”]*”/gu, ' ').replace(/\([^)]*\)/gu, ' ');
    const detected = eld.detect(own).language;
    must(detected === language, `turn ${turn.n} (${turn.speaker}) is in "${detected}": ${own.slice(0, 80)}`);
  }

  const words = squeezed(paper);
  const quotes = record.turns.flatMap((turn) => turn.quotes.filter((quote) => quote.verified));
  must(quotes.length >= 7, `only ${quotes.length} verified quotes`);
  for (const quote of quotes) must(words.includes(squeezed(quote.text)), `not in the paper: “${quote.text}”`);

  const replies = record.turns.filter((turn) => turn.kind === 'reply');
  must(replies.length >= 2, `only ${replies.length} replies`);
  const names = new Map(record.speakers.map((speaker) => [speaker.id, speaker.name]));
  for (const reply of replies) {
    const addressed = reply.repliesTo.map((n) => names.get(record.turns[n - 1]?.speaker ?? '') ?? '');
    must(
      addressed.some((name) => name !== '' && reply.text.includes(name)),
      `reply ${reply.n} names nobody it answers`,
    );
  }

  const { synthesis } = record;
  must(synthesis !== null, 'there is no synthesis');
  const cited = [
    ...(synthesis?.agreements.flatMap((point) => point.turns) ?? []),
    ...(synthesis?.disagreements.flatMap((point) => point.positions.flatMap((position) => position.turns)) ?? []),
    ...(synthesis?.open.map((point) => point.turn) ?? []),
  ];
  for (const n of cited)
    must(n >= 1 && n <= record.turns.length, `the synthesis cites turn ${n}, which does not exist`);
  must(cited.length > 0, 'the synthesis cites no turn');
  return faults;
}

/** Letters and digits only: two libraries never agree on spaces, hyphens and ligatures. */
function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

async function textByOtherMeans(file: string): Promise<string> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(await readFile(file));
  const text = [...document.pages()].map((page) => page.getText()).join('\n');
  document.destroy();
  library.destroy();
  return text;
}

async function examine(file: string, language: string, env: Record<string, string>, label: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-'));
  try {
    const out = join(folder, 'record.json');
    const ran = await runCommand(['debate', file, '--lang', language, '--quiet', '--out', out], {
      env: { ...env, TERTULIA_DATA_DIR: join(folder, 'data') },
    });
    if (ran.code !== 0) throw new Error(`the command ended with ${ran.code}: ${ran.stderr}`);
    const record = debateRecord.parse(JSON.parse(await readFile(out, 'utf8')));
    const faults = await faultsOf(record, language, await textByOtherMeans(file));
    const quotes = record.turns.flatMap((turn) => turn.quotes).filter((quote) => quote.verified).length;
    const line = `${basename(file)} · ${language} · ${label}: ${record.turns.length} turns, ${quotes} verified quotes`;
    process.stdout.write(
      `${faults.length === 0 ? '✓' : '✗'} ${line}\n${faults.map((fault) => `    ${fault}\n`).join('')}`,
    );
    return faults.length === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const papers = process.argv.slice(2).map((file) => resolve(file));
if (papers.length === 0) throw new Error('name at least one PDF');
const server = await startOpenAiServer({ reply: mockPanel });
const model = { TERTULIA_MODEL: 'openai:mock', OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.url };
let sound = true;
for (const paper of papers) {
  for (const language of ['es', 'en']) {
    sound = (await examine(paper, language, {}, 'offline voice')) && sound;
    sound = (await examine(paper, language, model, 'mock model')) && sound;
  }
}
await server.close();
process.exitCode = sound ? 0 : 1;
