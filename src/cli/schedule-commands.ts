/** `tertulia schedule …` and its options. */
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Print, ScheduleOptions } from './schedule.ts';
import type { Shell } from './shell.ts';

/** Of the bot's channels; `--in` names the platform, the workspace and the channel by their ids. */
export function scheduleCommands(config: Config, shell: Shell, print: Print, schedule: Command): void {
  schedule.description('debates held again and again by the bot');
  addCommand(config, shell, print, schedule);
  const steer = async (verb: string, args: Readonly<Record<string, string | undefined>>, options: ScheduleOptions) =>
    (await import('./schedule.ts')).steerSchedule(config, verb, args, options, print);
  const about = (name: string, verb: string, description: string, id = '[id]') =>
    schedule
      .command(name)
      .description(description)
      .argument(id)
      .option(...PLACE)
      .action((which: string | undefined, options: ScheduleOptions) => steer(verb, { schedule: which }, options));
  schedule
    .command('list')
    .description('what is scheduled in a workspace')
    .option(...PLACE)
    .action((options: ScheduleOptions) => steer('schedules', {}, options));
  about('show', 'schedules', 'one of them, with its next and last runs', '<id>');
  about('activate', 'activate', 'let it run: a new one, or a suspended one');
  about('suspend', 'suspend', 'let it rest until it is activated');
  about('skip', 'skip', 'leave its next run out');
  about('now', 'now', 'have the bot hold it now, beside its runs');
  about('remove', 'unschedule', 'forget it; its debates stay');
  schedule
    .command('topic')
    .description('change what its next run is about')
    .argument('<id>')
    .argument('<what>', 'a link, an arXiv id or a question')
    .option(...PLACE)
    .action((id: string, what: string, options: ScheduleOptions) => steer('topic', { schedule: id, what }, options));
}

const PLACE = ['--in <place>', 'PLATFORM/WORKSPACE/CHANNEL, by their ids'] as const;

function addCommand(config: Config, shell: Shell, print: Print, schedule: Command): void {
  schedule
    .command('add')
    .description('show the next runs, and let it run once you say yes')
    .argument('<when>', '"every Monday 9:00", "first Tuesday of the month", or cron')
    .argument('<what>', 'feed, link, arxiv:cs.CL, question, several with | between, "links" or "open"')
    .option(...PLACE)
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
      (await import('./schedule.ts')).addSchedule(config, shell, [when, what], options, print),
    );
}
