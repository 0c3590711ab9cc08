/** `tertulia schedule …`: the same verbs as in a chat, for a channel given by its ids. The bot holds the debates. */
import { createInterface } from 'node:readline/promises';
import type { Config } from '../config.ts';
import { inLanguage } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Place, Reply } from '../ports/host.ts';
import { askAt } from './look-up.ts';
import type { Shell } from './shell.ts';

export interface ScheduleOptions {
  /** PLATFORM/WORKSPACE/CHANNEL */
  readonly in?: string;
  readonly zone?: string;
  readonly ahead?: string;
  readonly quiet?: string;
  readonly missed?: string;
  readonly panel?: string;
  readonly format?: string;
  readonly lang?: string;
  readonly budgetTokens?: string;
  readonly yes?: boolean;
}

/** Where answers go, a line at a time. */
export type Print = (line: string) => Promise<void>;

/** Shows what it comes to, and lets it run once somebody has said yes. */
export async function addSchedule(
  config: Config,
  shell: Shell,
  [when, what]: readonly [string, string],
  options: ScheduleOptions,
  print: Print,
): Promise<void> {
  const place = placeIn(options.in, 3);
  const { zone, ahead, quiet, missed, panel, format, lang: language, budgetTokens: tokens } = options;
  const given = { zone, ahead, quiet, missed, panel, format, language, tokens };
  const reply = await askAt(config, place, 'schedule', said({ when, what, ...given }));
  await print(reply.text);
  const id = idOf(reply);
  if (!(options.yes ?? (await isWanted(config, shell)))) return;
  await steerSchedule(config, 'activate', { schedule: id }, options, print);
}

/** Any other verb about what is scheduled there. */
export async function steerSchedule(
  config: Config,
  verb: string,
  args: Readonly<Record<string, string | undefined>>,
  options: ScheduleOptions,
  print: Print,
): Promise<void> {
  await print((await askAt(config, placeIn(options.in, 2), verb, said(args))).text);
}

/** Without what was left out. */
function said(args: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(args).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function idOf({ invites = [] }: Reply): string {
  const id = invites[0]?.args.schedule;
  if (!id) throw new Error('a new schedule invites to nothing');
  return id;
}

/** Nobody at a terminal: it waits for "activate". */
async function isWanted({ language }: Config, { stdin, stdout }: Shell): Promise<boolean> {
  if (!stdin.isTTY || !stdout.isTTY) return false;
  stdout.write(inLanguage({ en: 'Activate it? [y/N] ', es: '¿La activo? [s/N] ' }, language));
  const asking = createInterface({ input: stdin });
  const answer = await asking.question('');
  asking.close();
  return /^(?:y|yes|s|si|sí)$/i.test(answer.trim());
}

/** A terminal is gone when the time comes, so the channel is one of a platform that the bot serves. */
function placeIn(where: string | undefined, parts: 2 | 3): Place {
  const [adapter, workspace, channel, ...more] = (where ?? '').split('/');
  if (adapter && workspace && (channel || parts === 2) && more.length === 0) {
    return { adapter, workspace, channel: channel ?? '', thread: null };
  }
  const form = parts === 3 ? 'PLATFORM/WORKSPACE/CHANNEL' : 'PLATFORM/WORKSPACE';
  throw new InputError({
    en: `Say where with --in ${form}, by their ids, such as --in discord/1017/2046${parts === 3 ? '' : ' (the channel may be left out)'}.`,
    es: `Di dónde con --in ${form}, por sus ids, como --in discord/1017/2046${parts === 3 ? '' : ' (el canal puede faltar)'}.`,
  });
}
