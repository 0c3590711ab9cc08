/** The app's own pages: its home, and the assistant's threads. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import { articleVerb } from '../../src/pointed.ts';
import type { VerbDefinition } from '../../src/ports.ts';
import { clipped } from '../../src/safe.ts';
import { placeIn } from './asking.ts';
import { patiently } from './clients.ts';
import type { Connection } from './connection.ts';
import { capital, NEW } from './controls.ts';
import { sections } from './encode.ts';
import { escaped } from './mrkdwn.ts';
import { WORDS } from './words.ts';

/** What a home shows, in this order, as far as the host has it. */
const SHOWN = ['list', 'schedules', 'settings'];
/** Of a page's hundred blocks. */
const MOST_BLOCKS = 30;

const openedShape = z.object({ user: z.string(), tab: z.string().optional() });

/** The workspace's debates, schedules and settings, for who looks at them. */
export async function onHome(event: unknown, teamId: string, connection: Connection): Promise<void> {
  const { user, tab } = openedShape.parse(event);
  if (tab !== undefined && tab !== 'home') return;
  const workspace = await connection.workspace(teamId);
  const { person, language } = await connection.people.of(workspace, user);
  const { host, log } = connection;
  const place = placeIn(workspace, '', null);
  const blocks: KnownBlock[] = [...sections(inLanguage(WORDS.home, language)), ...beginning(host.verbs, language)];
  for (const verb of SHOWN.flatMap((name) => host.verbs.find((each) => each.name === name) ?? [])) {
    const act = { type: 'verb', verb: verb.name, args: {} } as const;
    const text = await host.receive({ id: `home:${verb.name}`, by: person, place, language, act }).then(
      (reply) => reply.text,
      (error: unknown) => {
        if (error instanceof InputError) return `_${error.in(language)}_`;
        log('a part of the home page could not be had', { workspace: teamId }, error);
        return '';
      },
    );
    if (text === '') continue;
    const title = clipped(capital(inLanguage(verb.word, language)), 150);
    blocks.push({ type: 'header', text: { type: 'plain_text', text: title } });
    blocks.push(...sections(text).slice(0, MOST_BLOCKS));
  }
  await patiently(() => workspace.rest.views.publish({ user_id: user, view: { type: 'home', blocks } }));
}

function beginning(verbs: readonly VerbDefinition[], language: Language): KnownBlock[] {
  const verb = articleVerb(verbs);
  if (!verb) return [];
  const text = clipped(inLanguage(verb.summary, language), 75);
  const button = { type: 'button', action_id: NEW, style: 'primary', text: { type: 'plain_text', text } } as const;
  return [{ type: 'actions', elements: [button] }];
}

const threadShape = z.object({
  assistant_thread: z.object({ user_id: z.string(), channel_id: z.string(), thread_ts: z.string() }),
});

/** Somebody opened a conversation with the assistant: what they might ask stands ready. */
export async function onAssistant(event: unknown, teamId: string, { host, people, workspace }: Connection) {
  const { user_id, channel_id, thread_ts } = threadShape.parse(event).assistant_thread;
  const here = await workspace(teamId);
  const { language } = await people.of(here, user_id);
  await patiently(() =>
    here.rest.assistant.threads.setSuggestedPrompts({
      channel_id,
      thread_ts,
      title: inLanguage(WORDS.prompts, language),
      prompts: promptsFor(host.verbs, language),
    }),
  );
}

const PAPER = 'https://arxiv.org/abs/2502.21321';

/** At most four: a paper to debate, and what can be looked up without knowing more. */
function promptsFor(verbs: readonly VerbDefinition[], language: Language): [Prompt, ...Prompt[]] {
  const article = articleVerb(verbs);
  const begin = article ? `${inLanguage(article.word, language)} ${PAPER}` : PAPER;
  const plain = verbs.filter((verb) => verb.may === 'anyone' && !verb.when && verb !== article);
  const simple = plain.filter(({ args }) => args.every(({ required }) => !required)).slice(0, 3);
  return [
    { title: escaped(capital(begin)), message: begin },
    ...simple.map((verb) => ({
      title: inLanguage(verb.summary, language),
      message: inLanguage(verb.word, language),
    })),
  ];
}

interface Prompt {
  readonly title: string;
  readonly message: string;
}
