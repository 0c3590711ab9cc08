/** Buttons and forms for verbs, and what they carry: which verb, of which debate, in which thread. Pure. */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { type Debate, type DebateStatus, inLanguage, type Language } from '../../src/debate.ts';
import type { Offer, Place, VerbArgument, VerbDefinition } from '../../src/ports.ts';
import { clipped } from './faces.ts';

/** What a button or form is for. */
export interface Control {
  readonly kind: 'press' | 'form';
  readonly verb: string;
  /** A debate or a schedule. */
  readonly subject: string;
  /** Where it is held: the button may hang elsewhere. `''`: in no thread. */
  readonly channel: string;
  readonly thread: string;
}

export function controlId({ kind, verb, subject, channel, thread }: Control): string {
  return [kind, verb, subject, channel, thread].join(':');
}

/** null: not one of ours. */
export function readControl(customId: string): Control | null {
  const [kind, verb, subject, channel, thread] = customId.split(':');
  if ((kind !== 'press' && kind !== 'form') || !verb || !subject || !channel || thread === undefined) return null;
  return { kind, verb, subject, channel, thread };
}

/** What people want most at each point, in this order, as far as the host has it; everything else is a command away. */
const OFFERED: Readonly<Record<DebateStatus, readonly string[]>> = {
  running: ['pause', 'stop', 'ask'],
  paused: ['resume', 'stop', 'ask'],
  concluded: ['round', 'ask', 'export'],
  stopped: ['round', 'ask', 'export'],
  failed: ['resume', 'stop', 'export'],
};

export type Row = APIActionRowComponent<APIButtonComponent>;

/** A row of buttons for what can be done with the debate now; null when there is nothing. */
export function buttonRow(verbs: readonly VerbDefinition[], debate: Debate, status: DebateStatus): Row | null {
  const { channel, thread } = debate.thread;
  const components = OFFERED[status].flatMap((name) => {
    const verb = verbs.find((each) => each.name === name);
    return verb?.when?.includes(status) ? [verb] : [];
  });
  if (components.length === 0 || thread === '') return null;
  const row = components.map((verb) => button(verb, { subject: debate.id, channel, thread }, debate.language));
  return { type: ComponentType.ActionRow, components: row };
}

/** A row of buttons for what the host offers there; null when there is nothing. */
export function offerRow(
  verbs: readonly VerbDefinition[],
  offers: readonly Offer[],
  { channel, thread }: Pick<Place, 'channel' | 'thread'>,
  language: Language,
): Row | null {
  const components = offers.slice(0, MOST_BUTTONS).flatMap(({ verb: name, subject }) => {
    const verb = verbs.find((each) => each.name === name);
    return verb ? [button(verb, { subject, channel, thread: thread ?? '' }, language)] : [];
  });
  return components.length === 0 ? null : { type: ComponentType.ActionRow, components };
}

/** Discord holds no more in a row. */
const MOST_BUTTONS = 5;

function button(
  verb: VerbDefinition,
  control: Pick<Control, 'subject' | 'channel' | 'thread'>,
  language: Language,
): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: verb.name === 'stop' ? ButtonStyle.Danger : ButtonStyle.Secondary,
    label: clipped(capital(inLanguage(verb.word, language)), 80),
    custom_id: controlId({ kind: 'press', verb: verb.name, ...control }),
  };
}

/** Arguments a button cannot know. */
export function askedFor(verb: VerbDefinition): readonly VerbArgument[] {
  return verb.args.filter((argument) => argument.required);
}

export type Offered = Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;

/** A form for what the verb needs; `offered`: what an argument may be, by its name. */
export function formFor(
  verb: VerbDefinition,
  control: Control,
  offered: Offered,
  language: Language,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: controlId({ ...control, kind: 'form' }),
    title: clipped(inLanguage(verb.summary, language), 45),
    components: askedFor(verb)
      .slice(0, 5)
      .map((argument) => field(argument, offered[argument.name] ?? [], language)),
  };
}

function field(argument: VerbArgument, offered: Offered[string], language: Language): APILabelComponent {
  const label = clipped(capital(inLanguage(argument.word, language)), 45);
  const description = clipped(inLanguage(argument.summary, language), 100);
  if (offered.length === 0) {
    const style = TextInputStyle.Paragraph;
    const component = { custom_id: argument.name, style, required: true, max_length: 1000 };
    return {
      type: ComponentType.Label,
      label,
      description,
      component: { type: ComponentType.TextInput, ...component },
    };
  }
  const options = offered.slice(0, 25).map(({ id, name }) => ({ value: id, label: clipped(name, 100) }));
  const component = { custom_id: argument.name, options, required: true };
  return {
    type: ComponentType.Label,
    label,
    description,
    component: { type: ComponentType.StringSelect, ...component },
  };
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
