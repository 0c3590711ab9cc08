/** The commands of `tertulia` and their options. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { createJsonLines } from '../../adapters/terminal/json-lines.ts';
import { type Config, readConfig } from '../config.ts';
import { openTertulia, type Tertulia } from '../main.ts';
import { exportRecord } from '../record/export.ts';
import { buildRecord } from '../record/record.ts';
import { type DebateOptions, debateCommand, noSuchDebate, WORKSPACE } from './debate.ts';
import { doctor } from './doctor.ts';
import { EXIT, exitCode, sentence } from './report.ts';

const EXAMPLES = `
Examples:
  tertulia debate                                   the sample article, to see what a debate is
  tertulia debate paper.pdf                         a PDF, HTML, Markdown or text file
  tertulia debate https://example.org/post --lang es
  tertulia debate 2502.21321 --rounds 2 --out debate.html
  tertulia debate --question "Should we rewrite it in Rust?"   (needs a model)
  cat notes.md | tertulia debate -
  tertulia debate --resume k3m9x2pq

While it runs, type: /pause, /resume, /ask doomer why?, /stop, or just say something.
In a clone of the project: npm run debate -- ARTICLE, and npm run tertulia -- list.`;

function program(config: Config, exit: (code: number) => void): Command {
  const tertulia = new Command('tertulia')
    .description('A panel of AI personas debates an article and a coordinator sums up.')
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  tertulia
    .command('debate')
    .description('debate an article or a question, in this terminal')
    .argument('[article]', 'file, URL, arXiv id or link, - for stdin; left out: the sample article')
    .option('-q, --question <text>', 'the question to decide; alone, a debate without an article')
    .option('-l, --lang <code>', 'language of the debate (es, en, …); else the question’s or the article’s')
    .option('--format <name>', 'how the debate goes')
    .option('--panel <name>', 'who debates')
    .option('--rounds <n>', 'rounds of replies', wholeNumber)
    .option('--words <n>', 'words a statement', wholeNumber)
    .option('--budget-tokens <n>', 'tokens the whole debate may cost', wholeNumber)
    .option('-o, --out <file>', 'write the record; by its ending: .md, .json, .html')
    .option('--resume <id>', 'take up a debate that was interrupted')
    .option('--quiet', 'only the synthesis')
    .option('--json', 'one JSON event a line on stdout')
    .action(async (article: string | undefined, options: DebateOptions) =>
      exit(await debateCommand(config, article, options)),
    );
  tertulia
    .command('list')
    .description('debates so far')
    .action(() => printVerb(config, 'list', {}));
  tertulia
    .command('show')
    .description('read a debate')
    .argument('<id>')
    .option('-o, --out <file>', 'write it instead; by its ending: .md, .json, .html')
    .action((id: string, { out }: { out?: string }) =>
      out ? writeRecord(config, id, out) : printVerb(config, 'show', { debate: id }),
    );
  tertulia
    .command('panels')
    .description('the panels there are')
    .action(() => printVerb(config, 'panels', {}));
  tertulia
    .command('personas')
    .description('who can sit on a panel')
    .action(() => printVerb(config, 'personas', {}));
  tertulia
    .command('doctor')
    .description('check runtime, database, model and article reader')
    .action(async () => exit(await doctor(config, config.language, printLine)));
  return tertulia;
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('a whole number is needed.');
  return Number(value);
}

async function printVerb(config: Config, verb: string, args: Record<string, string>): Promise<void> {
  await withTertulia(config, async ({ host }) => {
    const reply = await host.receive({
      id: verb,
      by: { id: 'you', name: config.userName, admin: true },
      place: { adapter: 'terminal', workspace: WORKSPACE, channel: 'terminal', thread: null },
      language: config.language,
      act: { type: 'verb', verb, args },
    });
    printLine(reply.text);
  });
}

async function writeRecord(config: Config, id: string, out: string): Promise<void> {
  await withTertulia(config, async ({ store }) => {
    const log = await store.load(WORKSPACE, id);
    if (!log) throw noSuchDebate(id);
    await writeFile(resolve(config.cwd, out), exportRecord(buildRecord(log, { now: new Date() }), out).content);
    printLine(out);
  });
}

/** A Tertulia to look things up in: nothing is posted. */
async function withTertulia(config: Config, use: (tertulia: Tertulia) => Promise<void>): Promise<void> {
  const tertulia = await openTertulia(config, [createJsonLines({ write: () => true })]);
  try {
    await use(tertulia);
  } finally {
    await tertulia.close();
  }
}

function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The one boundary: whatever goes wrong ends here, as a sentence and an exit code. */
export async function run(): Promise<void> {
  let language = 'en';
  try {
    const config = readConfig();
    language = config.language;
    await program(config, (code) => {
      process.exitCode = code;
    }).parseAsync();
  } catch (error) {
    // Commander has printed its own sentence, or the help that was asked for.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    else {
      process.stderr.write(`${sentence(error, language, null)}\n`);
      process.exitCode = exitCode(error);
    }
  }
}
