/** The commands of `tertulia` and their options. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { type Config, languageOf, ROLES, type Role, readConfig } from '../config.ts';
import { InputError } from '../errors.ts';
import type { DebateOptions } from './debate.ts';
import { exitCode, lostOutput, sentence } from './report.ts';
import type { Print } from './schedule.ts';
import { scheduleCommands } from './schedule-commands.ts';
import type { Shell } from './shell.ts';
import { mistyped } from './usage.ts';

const EXAMPLES = `
Examples:
  tertulia debate                                   the sample article, to see what a debate is
  tertulia debate paper.pdf                         a PDF, HTML, Markdown or text file
  tertulia debate https://example.org/post --lang es
  tertulia debate 2502.21321 --rounds 2 --out debate.html
  tertulia debate --question "Should we rewrite it in Rust?"   (needs a model)
  cat notes.md | tertulia debate -
  tertulia debate paper.pdf --panel auto            whom the topic calls for, and why
  tertulia debate --resume k3m9x2pq

While it runs, type: /pause, /resume, /ask doomer why?, /stop, or just say something.
In a clone of the project: npm run debate -- ARTICLE, and npm run tertulia -- list.`;

function program(config: Config, shell: Shell): Command {
  const exit = (code: number) => {
    shell.exitCode = code;
  };
  const print = (line: string) => printLine(shell, line);
  const tertulia = new Command('tertulia')
    .description('A panel of AI personas debates an article and a coordinator sums up.')
    .addHelpText('after', EXAMPLES)
    // Mistakes are told by `run`, in the person's language.
    .configureOutput({ writeOut: (text) => void shell.stdout.write(text), writeErr: () => undefined })
    .exitOverride();
  tertulia
    .command('debate')
    .description('debate an article or a question, in this terminal')
    .argument('[article]', 'file, URL, arXiv id or link, - for stdin; left out: the sample article')
    .option('-q, --question <text>', 'the question to decide; alone, a debate without an article')
    .option('-l, --lang <code>', 'language of the debate (es, en, …); else the question’s or the article’s')
    .option('--format <name>', 'how the debate goes (see: tertulia formats); auto: the coordinator chooses')
    .option('--panel <name>', 'who debates; auto: called together for the topic')
    .option('--rounds <n>', 'rounds of replies', wholeNumber('--rounds'))
    .option('--words <n>', 'words a statement', wholeNumber('--words'))
    .option('--budget-tokens <n>', 'tokens the whole debate may cost', wholeNumber('--budget-tokens'))
    .option('--budget-money <dollars>', 'US dollars the whole debate may cost', amount('--budget-money'))
    .option('--follows <id>', 'take up what an earlier debate left open')
    .option('--gate', 'poll the panel first, and debate only if it is split')
    .option('-o, --out <file>', 'write the record; by its ending: .md, .json, .html')
    .option('--resume <id>', 'take up a debate that was interrupted')
    .option('--quiet', 'only the synthesis')
    .option('--json', 'one JSON event a line on stdout')
    .action(async (article: string | undefined, options: DebateOptions) =>
      exit(await (await import('./debate.ts')).debateCommand(config, shell, article, options)),
    );
  tertulia
    .command('serve')
    .description('run the bot on the platforms .env connects it to (Discord, Slack)')
    .addOption(new Option('--role <role>', 'with DATABASE_URL, what this process does').choices(ROLES))
    .action(async ({ role = config.serving.role }: { role?: Role }) => {
      const { serveCommand } = await import('./serve.ts');
      exit(await serveCommand({ ...config, serving: { ...config.serving, role } }, shell));
    });
  tertulia
    .command('backup')
    .description('write the embedded database to one file, while nothing else uses it')
    .argument('<file>', 'such as debates.tar.gz')
    .action((file: string) => copy(config, print, 'backup', file));
  tertulia
    .command('restore')
    .description('fill an empty data folder from a backup')
    .argument('<file>')
    .action((file: string) => copy(config, print, 'restore', file));
  tertulia
    .command('list')
    .description('debates so far')
    .action(() => printVerb(config, print, 'list', {}));
  tertulia
    .command('show')
    .description('read a debate')
    .argument('<id>')
    .option('-o, --out <file>', 'write it instead; by its ending: .md, .json, .html')
    .action((id: string, { out }: { out?: string }) =>
      out ? exportDebate(config, print, id, out) : printVerb(config, print, 'show', { debate: id }),
    );
  tertulia
    .command('search')
    .description('find what earlier debates concluded')
    .argument('<words...>')
    .action((words: readonly string[]) => printVerb(config, print, 'search', { words: words.join(' ') }));
  tertulia
    .command('formats')
    .description('how a debate may go')
    .action(() => printVerb(config, print, 'formats', {}));
  tertulia
    .command('panels')
    .description('the panels there are')
    .action(() => printVerb(config, print, 'panels', {}));
  const panel = tertulia.command('panel').description('check a panel, or keep one under a name');
  panel
    .command('check')
    .description('which personas of a panel (of all of them) do the same work')
    .argument('[panel]')
    .action((name?: string) => printVerb(config, print, 'check', name ? { panel: name } : {}));
  panel
    .command('save')
    .description('keep a panel under a name')
    .argument('<name>')
    .option('--personas <ids>', 'who, in speaking order, with commas between')
    .option('--debate <id>', 'the panel of that debate')
    .action((name: string, options: { personas?: string; debate?: string }) =>
      printVerb(config, print, 'save', { name, ...options }),
    );
  tertulia
    .command('personas')
    .description('who can sit on a panel; of one panel, what each must do')
    .argument('[panel]')
    .action((name?: string) => printVerb(config, print, 'personas', name ? { panel: name } : {}));
  scheduleCommands(config, shell, print, tertulia.command('schedule'));
  tertulia
    .command('doctor')
    .description(
      'check runtime, database, model and article reader; or what a platform needs: doctor discord, doctor slack',
    )
    .addArgument(new Argument('[platform]').choices(['discord', 'slack']))
    .action(async (platform?: 'discord' | 'slack') =>
      exit(await (await checkOf(platform))(config, config.language, print)),
    );
  return tertulia;
}

async function checkOf(platform: 'discord' | 'slack' | undefined) {
  if (platform === 'discord') return (await import('./doctor-discord.ts')).doctorDiscord;
  if (platform === 'slack') return (await import('./doctor-slack.ts')).doctorSlack;
  return (await import('./doctor.ts')).doctor;
}

/** Each command is loaded when it is the one given: a typing mistake need not wait for all of them. */
async function printVerb(config: Config, print: Print, verb: string, args: Record<string, string>): Promise<void> {
  await print(await (await import('./look-up.ts')).ask(config, verb, args));
}

async function exportDebate(config: Config, print: Print, id: string, out: string): Promise<void> {
  await (await import('./look-up.ts')).exportDebate(config, id, out);
  await print(out);
}

async function copy(config: Config, print: Print, what: 'backup' | 'restore', name: string): Promise<void> {
  await (await import('./backup.ts')).copyCommand(config, what, name, print);
}

/** Rejects with an InputError when it cannot be written; a reader that has gone has seen enough. */
function printLine({ stdout }: Shell, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(`${line}\n`, (error) => {
      const lost = error ? lostOutput(error) : null;
      if (lost instanceof InputError) reject(lost);
      else resolve();
    });
  });
}

function wholeNumber(option: string): (value: string) => number {
  return (value) => {
    if (/^\d+$/.test(value)) return Number(value);
    throw new InputError({
      en: `${option} needs a whole number and was given "${value}"; write it like ${option} 2.`,
      es: `${option} necesita un número entero y recibió «${value}»; escríbelo como ${option} 2.`,
    });
  };
}

function amount(option: string): (value: string) => number {
  return (value) => {
    if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value);
    throw new InputError({
      en: `${option} needs an amount of US dollars and was given "${value}"; write it like ${option} 0.50.`,
      es: `${option} necesita una cantidad de dólares y recibió «${value}»; escríbelo como ${option} 0.50.`,
    });
  };
}

/** The one boundary: whatever goes wrong ends here, as a sentence and an exit code. */
export async function run(shell: Shell = process): Promise<void> {
  // Whoever writes hears of it; unheard, it would end the process with a stack trace.
  shell.stdout.on('error', () => undefined);
  try {
    const config = readConfig(shell.env, shell.cwd());
    // Alone it says what it can do.
    const argv = shell.argv.length > 2 ? shell.argv : [...shell.argv, '--help'];
    await program(config, shell).parseAsync(argv);
  } catch (error) {
    // Help that was asked for ends this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const reason = error instanceof CommanderError ? mistyped(error) : error;
    shell.stderr.write(`${sentence(reason, languageOf(shell.env), null)}\n`);
    shell.exitCode = exitCode(reason);
  }
}
