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
import { askedFor, offered } from '../../src/offered.ts';
import type { VerbArgument, VerbDefinition } from '../../src/ports.ts';
import { clipped } from '../../src/safe.ts';

/** What a button or form is for. */
export interface Control {
  readonly kind: 'press' | 'form';
  readonly verb: string;
  readonly debate: string;
  /** Of the thread the debate is held in: the button may hang elsewhere. */
  readonly channel: string;
  readonly thread: string;
}

export function controlId({ kind, verb, debate, channel, thread }: Control): string {
  return [kind, verb, debate, channel, thread].join(':');
}

/** null: not one of ours. */
export function readControl(customId: string): Control | null {
  const [kind, verb, debate, channel, thread] = customId.split(':');
  if ((kind !== 'press' && kind !== 'form') || !verb || !debate || !channel || !thread) return null;
  return { kind, verb, debate, channel, thread };
}

type Row = APIActionRowComponent<APIButtonComponent>;

/** A row of buttons for what can be done with the debate now; null when there is nothing. */
export function buttonRow(verbs: readonly VerbDefinition[], debate: Debate, status: DebateStatus): Row | null {
  const { channel, thread } = debate.thread;
  const components = offered(verbs, status);
  if (components.length === 0 || thread === '') return null;
  return {
    type: ComponentType.ActionRow,
    components: components.map((verb) => ({
      type: ComponentType.Button,
      style: verb.name === 'stop' ? ButtonStyle.Danger : ButtonStyle.Secondary,
      label: clipped(capital(inLanguage(verb.word, debate.language)), 80),
      custom_id: controlId({ kind: 'press', verb: verb.name, debate: debate.id, channel, thread }),
    })),
  };
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
