/** The app's own pages: its home, and the assistant's threads. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { articleVerb } from '../../src/chat/pointed.ts';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import { clipped } from '../../src/text/safe.ts';
import { help, placeIn } from './asking.ts';
import { patiently } from './clients.ts';
import type { Connection } from './connection.ts';
import { capital, invitationBlocks, NEW } from './controls.ts';
import { sections } from './encode.ts';
import { escaped } from './mrkdwn.ts';
import { WORDS } from './words.ts';

/** What a home shows, in this order, as far as the host has it, and what adds to it. */
const SHOWN = [
  { shown: 'list', adds: [] },
  { shown: 'schedules', adds: ['schedule'] },
  { shown: 'panels', adds: ['create'] },
  { shown: 'settings', adds: [] },
] as const;
/** Of a page's hundred blocks. */
const MOST_BLOCKS = 15;
const NOWHERE = { debate: '', channel: '', thread: '' };

const openedShape = z.object({ user: z.string(), tab: z.string().optional() });

/** The workspace's debates, schedules, panels and settings, for who looks at them, and all that can be asked for. */
export async function onHome(event: unknown, teamId: string, connection: Connection): Promise<void> {
  const { user, tab } = openedShape.parse(event);
  if (tab !== undefined && tab !== 'home') return;
  const workspace = await connection.workspace(teamId);
  const { person, language } = await connection.people.of(workspace, user);
  const { host, log } = connection;
  const place = placeIn(workspace, '', null);
  const blocks: KnownBlock[] = [...sections(inLanguage(WORDS.home, language)), ...beginning(host.verbs, language)];
  for (const { shown, adds } of SHOWN) {
    const verb = host.verbs.find(({ name }) => name === shown);
    if (!verb) continue;
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
    const invites = adds.map((name) => ({ verb: name, args: {} }));
    blocks.push(header(inLanguage(verb.word, language)), ...sections(text).slice(0, MOST_BLOCKS));
    blocks.push(...invitationBlocks(invites, host.verbs, NOWHERE, language));
  }
  blocks.push(header(inLanguage(WORDS.aboutAll, language)), ...sections(help(host, language)).slice(0, MOST_BLOCKS));
  await patiently(() => workspace.rest.views.publish({ user_id: user, view: { type: 'home', blocks } }));
}

function header(title: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: clipped(capital(title), 150) } };
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

/** What can be looked up without knowing more. */
const LOOKED_UP = ['personas', 'list', 'schedules'];

/** At most four: a paper to debate, and what to look up. */
function promptsFor(verbs: readonly VerbDefinition[], language: Language): [Prompt, ...Prompt[]] {
  const article = articleVerb(verbs);
  const begin = article ? `${inLanguage(article.word, language)} ${PAPER}` : PAPER;
  const simple = LOOKED_UP.flatMap((name) => verbs.find((verb) => verb.name === name) ?? []);
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
