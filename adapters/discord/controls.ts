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
import { askedFor, offered, put } from '../../src/chat/offered.ts';
import { type Debate, type DebateStatus, type Invitation, inLanguage, type Language } from '../../src/debate.ts';
import type { VerbArgument, VerbDefinition } from '../../src/ports/host.ts';
import { clipped } from '../../src/text/safe.ts';

/** What a button or form is for. */
export interface Control {
  readonly kind: 'press' | 'form';
  readonly verb: string;
  /** null: about none, done where the button hangs. */
  readonly held: Held | null;
  /** What is known of the verb's arguments. */
  readonly args: Readonly<Record<string, string>>;
}

/** A debate, and the thread it is held in: the button may hang elsewhere. */
interface Held {
  readonly debate: string;
  readonly channel: string;
  readonly thread: string;
}

export function controlId({ kind, verb, held, args }: Control): string {
  const where = held ? [held.debate, held.channel, held.thread] : ['-', '-', '-'];
  return [kind, verb, ...where, new URLSearchParams(args).toString()].join(':').replace(/:$/, '');
}

/** null: not one of ours. */
export function readControl(customId: string): Control | null {
  const [kind, verb, debate, channel, thread, args = ''] = customId.split(':');
  if ((kind !== 'press' && kind !== 'form') || !verb || !debate || !channel || !thread) return null;
  const held = debate === '-' ? null : { debate, channel, thread };
  return { kind, verb, held, args: Object.fromEntries(new URLSearchParams(args)) };
}

export type Row = APIActionRowComponent<APIButtonComponent>;

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
      custom_id: controlId({ kind: 'press', verb: verb.name, held: { debate: debate.id, channel, thread }, args: {} }),
    })),
  };
}

/** Discord holds so many buttons in a row. */
const MOST_IN_ROW = 5;

/** A row for each invitation whose verb is there: a button for each option of what it asks, else one for the verb. */
export function invitationRows(
  invites: readonly Invitation[],
  verbs: readonly VerbDefinition[],
  held: Held | null,
  language: Language,
): Row[] {
  const rows = invites.map((invitation) =>
    put(invitation, verbs, MOST_IN_ROW).map(({ verb, args, label }) => ({
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      label: clipped(capital(inLanguage(label, language)), 80),
      custom_id: controlId({ kind: 'press', verb: verb.name, held, args }),
    })),
  );
  const fitting = rows.map((row) => row.filter(({ custom_id: id }) => id.length <= 100));
  return fitting.flatMap((components) =>
    components.length > 0 ? [{ type: ComponentType.ActionRow, components }] : [],
  );
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
    components: askedFor(verb, control.args)
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
