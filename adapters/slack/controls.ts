/** Buttons, menus and forms for verbs, and what they carry: which verb, of which debate, in which thread. Pure. */
import type {
  ActionsBlock,
  ContextActionsBlock,
  ContextBlock,
  InputBlock,
  ModalView,
  PlainTextOption,
} from '@slack/types';
import { z } from 'zod';
import { askedFor, offered, type Put, put } from '../../src/chat/offered.ts';
import { type Debate, type DebateStatus, type Invitation, inLanguage, type Language } from '../../src/debate.ts';
import type { VerbArgument, VerbDefinition } from '../../src/ports/host.ts';
import { clipped } from '../../src/text/safe.ts';
import { WORDS } from './words.ts';

/** What a button, menu or form is for. */
export interface Control extends Held {
  readonly verb: string;
  /** What is known of the verb's arguments. */
  readonly args: Readonly<Record<string, string>>;
}

/** Which debate it is about, and where that is held: it may hang elsewhere. */
export interface Held {
  /** '': none. */
  readonly debate: string;
  /** '': where it hangs. */
  readonly channel: string;
  /** '': in no thread. */
  readonly thread: string;
}

/** Begins the `action_id` of what does something when pressed. */
export const PRESS = 'press';
export const MORE = 'more';
export const FEEDBACK = 'feedback';
export const NEW = 'new';
/** Begins the `callback_id` of a form. */
const FORM = 'form';
/** The fields of a form that are no arguments. */
export const FILE = 'the-file';
export const WHERE = 'the-place';
const VALUE = 'value';

export function controlValue({ verb, debate, channel, thread, args }: Control): string {
  const known = new URLSearchParams(args).toString();
  return [verb, debate, channel, thread, ...(known ? [known] : [])].join(' ');
}

/** null: not one of ours. */
export function readControl(value: string | undefined): Control | null {
  const [verb, debate = '', channel = '', thread, args = '', ...more] = value?.split(' ') ?? [];
  if (!verb || thread === undefined || more.length > 0) return null;
  return { verb, debate, channel, thread, args: Object.fromEntries(new URLSearchParams(args)) };
}

const plain = (text: string, most: number) => ({ type: 'plain_text', text: clipped(text, most), emoji: true }) as const;

/** What people want most as buttons, all else that makes sense in a menu; null when there is nothing. */
export function controlBlock(
  verbs: readonly VerbDefinition[],
  debate: Debate,
  status: DebateStatus,
): ActionsBlock | null {
  const first = offered(verbs, status);
  const rest = verbs.filter((verb) => verb.when?.includes(status) && !first.includes(verb));
  const named = (verb: VerbDefinition) => capital(inLanguage(verb.word, debate.language));
  const carriedBy = ({ name }: VerbDefinition) => controlValue({ verb: name, ...heldIn(debate), args: {} });
  const buttons = first.slice(0, 5).map((verb) => ({
    type: 'button' as const,
    action_id: `${PRESS}:${verb.name}`,
    text: plain(named(verb), 75),
    value: carriedBy(verb),
    ...(verb.name === 'stop' && { style: 'danger' as const }),
  }));
  const options = rest.slice(0, 100).map((verb) => ({ text: plain(named(verb), 75), value: carriedBy(verb) }));
  const menu = {
    type: 'static_select' as const,
    action_id: MORE,
    placeholder: plain(inLanguage(WORDS.more, debate.language), 150),
    options,
  };
  const elements = [...buttons, ...(options.length > 0 ? [menu] : [])];
  return elements.length === 0 || debate.thread.thread === '' ? null : { type: 'actions', elements };
}

export function heldIn({ id, thread: { channel, thread } }: Debate): Held {
  return { debate: id, channel, thread };
}

/** More of what a verb asks are a menu. */
const MOST_BUTTONS = 5;
/** Units that an item of a menu may carry. */
const ITEM = 150;

/** A row for each invitation whose verb is there: a button or an item for each option, under what is asked, else one button. */
export function invitationBlocks(
  invites: readonly Invitation[],
  verbs: readonly VerbDefinition[],
  held: Held,
  language: Language,
): (ActionsBlock | ContextBlock)[] {
  const valued = (each: Put) => ({
    text: plain(capital(inLanguage(each.label, language)), 75),
    value: controlValue({ verb: each.verb.name, ...held, args: each.args }),
  });
  return invites.flatMap((invitation): (ActionsBlock | ContextBlock)[] => {
    const all = put(invitation, verbs, 100);
    const [first] = all;
    if (!first) return [];
    const items = all.map(valued);
    const asked = plain(capital(inLanguage(first.verb.summary, language)), 150);
    if (items.length > MOST_BUTTONS && items.every(({ value }) => value.length <= ITEM)) {
      const menu = { type: 'static_select', action_id: `${PRESS}:${invitation.verb}`, placeholder: asked } as const;
      return [{ type: 'actions', elements: [{ ...menu, options: items }] }];
    }
    const buttons = put(invitation, verbs, MOST_BUTTONS).map((each, at) => {
      return { type: 'button', action_id: `${PRESS}:${invitation.verb}:${at}`, ...valued(each) } as const;
    });
    // “Yes” alone does not say to what.
    const above: ContextBlock[] = buttons.length > 1 ? [{ type: 'context', elements: [asked] }] : [];
    return [...above, { type: 'actions', elements: buttons }];
  });
}

/** Where people say whether a synthesis was of use to them, as far as the host takes that. */
export function feedbackBlock(verbs: readonly VerbDefinition[], debate: Debate): ContextActionsBlock | null {
  const verb = verbs.find(({ name }) => name === 'rate');
  if (!verb) return null;
  const button = (text: string, verdict: string) => ({
    text: plain(text, 75),
    value: controlValue({ verb: verb.name, ...heldIn(debate), args: { verdict } }),
  });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: FEEDBACK,
        positive_button: button(inLanguage(WORDS.helpful, debate.language), 'yes'),
        negative_button: button(inLanguage(WORDS.unhelpful, debate.language), 'no'),
      },
    ],
  };
}

type Offered = Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;

/** What a form keeps until it is sent. */
const carried = z.object({
  verb: z.string(),
  debate: z.string(),
  channel: z.string(),
  thread: z.string(),
  args: z.record(z.string(), z.string()).default({}),
});

export interface FormOptions {
  /** What an argument may be, by its name. */
  readonly offered: Offered;
  /** For a verb that takes an article, a file may come with it. */
  readonly takesFile: boolean;
  readonly language: Language;
}

/** A form for what the verb needs and nobody knows yet; for one that begins something, all it takes. */
export function formFor(verb: VerbDefinition, control: Control, options: FormOptions): ModalView {
  const { offered: choices, takesFile, language } = options;
  const isKnown = control.debate !== '' || Object.keys(control.args).length > 0;
  const args = isKnown ? askedFor(verb, control.args) : verb.args;
  const fields = args.map((argument) => field(argument, choices[argument.name] ?? [], language));
  return {
    type: 'modal',
    callback_id: `${FORM}:${verb.name}`,
    private_metadata: JSON.stringify(control),
    title: plain(capital(inLanguage(verb.word, language)), 24),
    submit: plain(inLanguage(WORDS.submit, language), 24),
    close: plain(inLanguage(WORDS.cancel, language), 24),
    blocks: [
      { type: 'context', elements: [plain(inLanguage(verb.summary, language), 3000)] },
      ...fields,
      ...(takesFile ? [fileField(language)] : []),
      ...(control.channel === '' && verb.about !== 'table' ? [placeField(language)] : []),
    ],
  };
}

export function readForm(privateMetadata: string): Control | null {
  const parsed = carried.safeParse(parseJson(privateMetadata));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Arguments that may be whole sentences. */
const LONG = new Set(['question', 'words', 'objection', 'about']);

function field(argument: VerbArgument, choices: Offered[string], language: Language): InputBlock {
  const frame = {
    type: 'input',
    block_id: argument.name,
    label: plain(capital(inLanguage(argument.word, language)), 2000),
    hint: plain(inLanguage(argument.summary, language), 2000),
    optional: !argument.required,
  } as const;
  if (choices.length === 0) {
    const multiline = LONG.has(argument.name);
    return { ...frame, element: { type: 'plain_text_input', action_id: VALUE, multiline, max_length: 2000 } };
  }
  const options: PlainTextOption[] = choices
    .filter(({ id }) => id.length <= 150)
    .slice(0, 100)
    .map(({ id, name }) => ({ text: plain(name || id, 75), value: id }));
  const type = argument.choices === 'roles' ? 'multi_static_select' : 'static_select';
  return { ...frame, element: { type, action_id: VALUE, options } };
}

function fileField(language: Language): InputBlock {
  return {
    type: 'input',
    block_id: FILE,
    label: plain(capital(inLanguage(WORDS.file, language)), 2000),
    hint: plain(inLanguage(WORDS.fileHelp, language), 2000),
    optional: true,
    element: { type: 'file_input', action_id: VALUE, max_files: 5 },
  };
}

function placeField(language: Language): InputBlock {
  return {
    type: 'input',
    block_id: WHERE,
    label: plain(inLanguage(WORDS.where, language), 2000),
    element: {
      type: 'conversations_select',
      action_id: VALUE,
      default_to_current_conversation: true,
      filter: { include: ['public', 'private', 'im'], exclude_bot_users: false },
    },
  };
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
