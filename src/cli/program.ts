/** The commands of `tertulia` and their options. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { type Config, languageOf, ROLES, type Role, readConfig } from '../config.ts';
import { InputError } from '../errors.ts';
import type { DebateOptions } from './debate.ts';
import { exitCode, lostOutput, sentence } from './report.ts';
import type { ScheduleOptions } from './schedule.ts';
import { mistyped } from './usage.ts';

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
    // Mistakes are told by `run`, in the person's language.
    .configureOutput({ writeErr: () => undefined })
    .exitOverride();
  tertulia
    .command('debate')
    .description('debate an article or a question, in this terminal')
    .argument('[article]', 'file, URL, arXiv id or link, - for stdin; left out: the sample article')
    .option('-q, --question <text>', 'the question to decide; alone, a debate without an article')
    .option('-l, --lang <code>', 'language of the debate (es, en, …); else the question’s or the article’s')
    .option('--format <name>', 'how the debate goes')
    .option('--panel <name>', 'who debates')
    .option('--rounds <n>', 'rounds of replies', wholeNumber('--rounds'))
    .option('--words <n>', 'words a statement', wholeNumber('--words'))
    .option('--budget-tokens <n>', 'tokens the whole debate may cost', wholeNumber('--budget-tokens'))
    .option('-o, --out <file>', 'write the record; by its ending: .md, .json, .html')
    .option('--resume <id>', 'take up a debate that was interrupted')
    .option('--quiet', 'only the synthesis')
    .option('--json', 'one JSON event a line on stdout')
    .action(async (article: string | undefined, options: DebateOptions) =>
      exit(await (await import('./debate.ts')).debateCommand(config, article, options)),
    );
  tertulia
    .command('serve')
    .description('run the bot on the platforms .env connects it to (Discord)')
    .addOption(new Option('--role <role>', 'with DATABASE_URL, what this process does').choices(ROLES))
    .action(async ({ role = config.serving.role }: { role?: Role }) => {
      const { serveCommand } = await import('./serve.ts');
      exit(await serveCommand({ ...config, serving: { ...config.serving, role } }));
    });
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
      out ? exportDebate(config, id, out) : printVerb(config, 'show', { debate: id }),
    );
  tertulia
    .command('panels')
    .description('the panels there are')
    .action(() => printVerb(config, 'panels', {}));
  tertulia
    .command('personas')
    .description('who can sit on a panel')
    .action(() => printVerb(config, 'personas', {}));
  scheduleCommands(config, tertulia.command('schedule').description('debates held again and again by the bot'));
  tertulia
    .command('doctor')
    .description('check runtime, database, model and article reader; or what a platform needs: doctor discord')
    .addArgument(new Argument('[platform]').choices(['discord']))
    .action(async (platform?: 'discord') => {
      const check = platform
        ? (await import('./doctor-discord.ts')).doctorDiscord
        : (await import('./doctor.ts')).doctor;
      exit(await check(config, config.language, printLine));
    });
  return tertulia;
}

/** Of the bot's channels; `--in` names the platform, the workspace and the channel by their ids. */
function scheduleCommands(config: Config, schedule: Command): void {
  const there = ['--in <place>', 'PLATFORM/WORKSPACE/CHANNEL, by their ids'] as const;
  schedule
    .command('add')
    .description('show the next runs, and let it run once you say yes')
    .argument('<when>', '"every Monday 9:00", "first Tuesday of the month", or cron')
    .argument('<what>', 'feed, link, arxiv:cs.CL, question, several with | between, "links" or "open"')
    .option(...there)
    .option('--zone <name>', 'time zone; else the workspace’s')
    .option('--ahead <minutes>', 'announce the topic so long before')
    .option('--quiet <say|silent>', 'when there is nothing new')
    .option('--missed <once|skip>', 'runs nobody was there for')
    .option('--panel <name>', 'who debates')
    .option('--format <name>', 'how the debate goes')
    .option('-l, --lang <code>', 'language of the debate')
    .option('--budget-tokens <n>', 'tokens each debate may cost')
    .option('-y, --yes', 'let it run without asking')
    .action(async (when: string, what: string, options: ScheduleOptions) =>
      (await import('./schedule.ts')).addSchedule(config, [when, what], options, printLine),
    );
  const steering = (name: string, verb: string, description: string, id = '[id]') =>
    schedule
      .command(name)
      .description(description)
      .argument(id)
      .option(...there)
      .action(async (which: string | undefined, options: ScheduleOptions) =>
        (await import('./schedule.ts')).steerSchedule(config, verb, { schedule: which }, options, printLine),
      );
  schedule
    .command('list')
    .description('what is scheduled in a workspace')
    .option(...there)
    .action(async (options: ScheduleOptions) =>
      (await import('./schedule.ts')).steerSchedule(config, 'schedules', {}, options, printLine),
    );
  steering('show', 'schedules', 'one of them, with its next and last runs', '<id>');
  steering('activate', 'activate', 'let it run: a new one, or a suspended one');
  steering('suspend', 'suspend', 'let it rest until it is activated');
  steering('skip', 'skip', 'leave its next run out');
  steering('now', 'now', 'have the bot hold it now, beside its runs');
  steering('remove', 'unschedule', 'forget it; its debates stay');
  schedule
    .command('topic')
    .description('change what its next run is about')
    .argument('<id>')
    .argument('<what>', 'a link, an arXiv id or a question')
    .option(...there)
    .action(async (id: string, what: string, options: ScheduleOptions) =>
      (await import('./schedule.ts')).steerSchedule(config, 'topic', { schedule: id, what }, options, printLine),
    );
}

/** Each command is loaded when it is the one given: a typing mistake need not wait for all of them. */
async function printVerb(config: Config, verb: string, args: Record<string, string>): Promise<void> {
  await printLine(await (await import('./look-up.ts')).ask(config, verb, args));
}

async function exportDebate(config: Config, id: string, out: string): Promise<void> {
  await (await import('./look-up.ts')).exportDebate(config, id, out);
  await printLine(out);
}

/** Rejects with an InputError when it cannot be written; a reader that has gone has seen enough. */
function printLine(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => {
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

/** The one boundary: whatever goes wrong ends here, as a sentence and an exit code. */
export async function run(): Promise<void> {
  // Whoever writes hears of it; unheard, it would end the process with a stack trace.
  process.stdout.on('error', () => undefined);
  try {
    const config = readConfig();
    // Alone it says what it can do.
    const argv = process.argv.length > 2 ? process.argv : [...process.argv, '--help'];
    await program(config, (code) => {
      process.exitCode = code;
    }).parseAsync(argv);
  } catch (error) {
    // Help that was asked for ends this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const reason = error instanceof CommanderError ? mistyped(error) : error;
    process.stderr.write(`${sentence(reason, languageOf(process.env), null)}\n`);
    process.exitCode = exitCode(reason);
  }
}
