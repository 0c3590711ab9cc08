/** What people choose and fill in, as payloads have it. */
import type { BlockElementAction, ViewStateValue } from '@slack/bolt';
import { type Element, type Option, optionsOf, type Part, wordsOf } from './blocks.ts';
import type { FieldValue } from './index.ts';
import { initialOf } from './seen.ts';

/** Options that were loaded, by action id, as they are in no block. */
export type Loaded = ReadonlyMap<string, readonly Option[]>;

/** The state of one element that holds `given`. */
function stateOf({ actionId, element }: Part, given: FieldValue, loaded: Loaded): ViewStateValue {
  const list = typeof given === 'string' ? (given === '' ? [] : [given]) : [...given];
  const first = list[0] ?? null;
  const { type } = element;
  const among = () => list.map((value) => optionOf(element, value, loaded.get(actionId) ?? []));
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: among()[0] ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: among() };
    case 'users_select':
      return { type, selected_user: first };
    case 'multi_users_select':
      return { type, selected_users: list };
    case 'conversations_select':
      return { type, selected_conversation: first };
    case 'multi_conversations_select':
      return { type, selected_conversations: list };
    case 'channels_select':
      return { type, selected_channel: first };
    case 'multi_channels_select':
      return { type, selected_channels: list };
    case 'datepicker':
      return { type, selected_date: first };
    case 'timepicker':
      return { type, selected_time: first };
    default:
      return { type, value: first };
  }
}

/** An option by its value or its words; one that isn't offered can't be chosen. */
function optionOf(element: Element, value: string, loaded: readonly Option[]) {
  const all = [...optionsOf(element), ...loaded, ...initials(element)];
  const found = all.find((one) => one.value === value) ?? all.find((one) => one.text.text === value);
  if (found === undefined) throw new Error(`"${value}" is not among ${all.map((one) => one.text.text).join(', ')}`);
  return { text: { type: 'plain_text' as const, text: found.text.text, emoji: true }, value: found.value };
}

function initials(element: Element): readonly Option[] {
  return [
    ...(element.initial_options ?? []),
    ...(element.initial_option === undefined ? [] : [element.initial_option]),
  ];
}

export type Values = Record<string, Record<string, ViewStateValue>>;

/** The state of a whole form: what was given, else what stood there. */
export function formState(
  parts: readonly Part[],
  values: Readonly<Record<string, FieldValue>>,
  loaded: Loaded,
): Values {
  const known = (key: string) => parts.some((part) => names(part).includes(key));
  for (const key of Object.keys(values)) if (!known(key)) throw new Error(`there is no field ${key}`);
  const state: Values = {};
  for (const part of parts) {
    if (part.element.type === 'button' || part.element.type === 'feedback_buttons') continue;
    const key = names(part).find((name) => values[name] !== undefined);
    const given = key === undefined ? initialOf(part.element) : (values[key] ?? '');
    check(part, given);
    state[part.blockId] = { ...state[part.blockId], [part.actionId]: stateOf(part, given, loaded) };
  }
  return state;
}

function names({ input, blockId, actionId }: Part): string[] {
  return [...(input === null ? [] : [input.label]), blockId, actionId];
}

/** What Slack's client would not let a person submit. */
function check({ input, element }: Part, given: FieldValue): void {
  if (input === null) return;
  if (given.length === 0 && !input.optional) throw new Error(`the field ${input.label} is required`);
  if (typeof given !== 'string') return;
  const { min_length = 0, max_length = 3000 } = element;
  if (given !== '' && given.length < min_length) throw new Error(`${input.label}: at least ${min_length} characters`);
  if (given.length > max_length) throw new Error(`${input.label}: at most ${max_length} characters`);
  if (element.type === 'url_text_input' && given !== '' && !URL.canParse(given))
    throw new Error(`${input.label}: no address`);
}

/** A button pressed. */
export function pressed(
  { blockId: block_id, actionId: action_id, element }: Part,
  text: string,
  action_ts: string,
): BlockElementAction {
  const shared = { action_id, block_id, action_ts };
  const shown = (words: string) => ({ type: 'plain_text' as const, text: words, emoji: true });
  if (element.type === 'feedback_buttons') {
    const chosen = element.positive_button?.text.text === text ? element.positive_button : element.negative_button;
    return { ...shared, type: 'feedback_buttons', text: shown(text), value: chosen?.value ?? '' };
  }
  const url = element.url === undefined ? {} : { url: element.url };
  const value = element.value === undefined ? {} : { value: element.value };
  return { ...shared, type: 'button', text: shown(wordsOf(element.text)), ...value, ...url };
}

/** Something chosen: its new state is the action. */
export function chosen(part: Part, given: FieldValue, action_ts: string, loaded: Loaded): object {
  const { actionId: action_id, blockId: block_id, element } = part;
  const placeholder = element.placeholder === undefined ? {} : { placeholder: element.placeholder };
  return { ...stateOf(part, given, loaded), action_id, block_id, action_ts, ...placeholder };
}
