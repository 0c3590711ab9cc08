/** Limits of Block Kit that the typings don't know. */
import type { AnyBlock } from '@slack/types';
import { z } from 'zod';

export type Surface = 'message' | 'modal' | 'home';

export interface Complaints {
  /** Each with the JSON pointer of what is wrong. */
  readonly wrong: readonly string[];
  /** `markdown` blocks, or all together, hold more than they may. */
  readonly tooLong: boolean;
}

const MOST_MARKDOWN = 12_000;
/**
 * Of all blocks of a message together, undocumented: one markdown block of 13,297 characters goes through, with a divider
 * beside it 13,172. So each block costs its JSON and about 107 more.
 */
const MOST_IN_ALL = 13_433;
const EACH_BLOCK = 107;
const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
const NOWHERE_BUT_MESSAGES = new Set(['markdown', 'context_actions', 'task_card', 'plan', 'table', 'file']);

/** Longest strings: by type of block, element or object, then field; `a.b` is the text of a text object. */
const LONGEST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  section: { 'text.text': 3000, block_id: 255 },
  header: { 'text.text': 150, block_id: 255 },
  image: { image_url: 3000, alt_text: 2000, 'title.text': 2000 },
  input: { 'label.text': 2000, 'hint.text': 2000, block_id: 255 },
  actions: { block_id: 255 },
  context: { block_id: 255 },
  button: { 'text.text': 75, action_id: 255, value: 2000, url: 3000, accessibility_label: 75 },
  icon_button: { 'text.text': 75, action_id: 255, value: 2000 },
  plain_text_input: { action_id: 255, 'placeholder.text': 150, initial_value: 3000 },
  ...Object.fromEntries(
    [
      'static_select',
      'external_select',
      'users_select',
      'conversations_select',
      'channels_select',
      'multi_static_select',
      'multi_external_select',
      'multi_users_select',
      'multi_conversations_select',
      'multi_channels_select',
      'checkboxes',
      'radio_buttons',
      'overflow',
    ].map((type) => [type, { action_id: 255, 'placeholder.text': 150 }]),
  ),
};

/** Longest lists. */
const MOST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  section: { fields: 10 },
  context: { elements: 10 },
  context_actions: { elements: 5 },
  actions: { elements: 25 },
  static_select: { options: 100, option_groups: 100 },
  multi_static_select: { options: 100, option_groups: 100 },
  overflow: { options: 5 },
  checkboxes: { options: 10 },
  radio_buttons: { options: 10 },
  table: { rows: 100 },
};

const object = z.record(z.string(), z.unknown());

/** `before`: markdown the message has already. */
export function checkBlocks(blocks: readonly AnyBlock[], surface: Surface, before = 0): Complaints {
  const wrong: string[] = [];
  if (blocks.length > MOST_BLOCKS[surface]) {
    wrong.push(`no more than ${MOST_BLOCKS[surface]} items allowed [json-pointer:/blocks]`);
  }
  blocks.forEach((block, n) => {
    const pointer = `/blocks/${n}`;
    if (surface !== 'message' && NOWHERE_BUT_MESSAGES.has(block.type)) {
      wrong.push(`unsupported type: ${block.type} [json-pointer:${pointer}/type]`);
    }
    checkNode(block, pointer, wrong);
    checkActionIds(block, pointer, wrong);
  });
  const ids = blocks.map(({ block_id }) => block_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) wrong.push('block_id already exists [json-pointer:/blocks]');
  if (blocks.filter(({ type }) => type === 'table').length > 1)
    wrong.push('only_one_table_allowed [json-pointer:/blocks]');
  const inAll = blocks.reduce((sum, one) => sum + JSON.stringify(one).length + EACH_BLOCK, 0);
  const tooLong = surface === 'message' && (before + markdownLength(blocks) > MOST_MARKDOWN || inAll > MOST_IN_ALL);
  return { wrong, tooLong };
}

export function markdownLength(blocks: readonly AnyBlock[]): number {
  const texts = blocks.map((block) => (block.type === 'markdown' && 'text' in block ? String(block.text) : ''));
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function checkNode(value: unknown, pointer: string, wrong: string[]): void {
  if (Array.isArray(value)) {
    for (const [n, one] of value.entries()) checkNode(one, `${pointer}/${n}`, wrong);
    return;
  }
  const parsed = object.safeParse(value);
  if (!parsed.success) return;
  const node = parsed.data;
  const type = typeof node.type === 'string' ? node.type : 'value' in node && 'text' in node ? 'option' : '';
  checkLengths(node, type, pointer, wrong);
  for (const [name, inner] of Object.entries(node)) checkNode(inner, `${pointer}/${name}`, wrong);
}

function checkLengths(node: Record<string, unknown>, type: string, pointer: string, wrong: string[]): void {
  const longest = type === 'option' ? { 'text.text': 75, value: 150, 'description.text': 75 } : (LONGEST[type] ?? {});
  for (const [path, most] of Object.entries(longest)) {
    const [field = '', inner] = path.split('.');
    const text = inner === undefined ? node[field] : object.safeParse(node[field]).data?.[inner];
    if (typeof text !== 'string') continue;
    if (text.length > most) wrong.push(`must be less than ${most + 1} characters [json-pointer:${pointer}/${field}]`);
    if (inner !== undefined && text === '')
      wrong.push(`must be more than 0 characters [json-pointer:${pointer}/${field}]`);
  }
  for (const [field, most] of Object.entries(MOST[type] ?? {})) {
    const list = node[field];
    if (!Array.isArray(list)) continue;
    if (list.length > most) wrong.push(`no more than ${most} items allowed [json-pointer:${pointer}/${field}]`);
    if (list.length === 0) wrong.push(`no fewer than 1 items required [json-pointer:${pointer}/${field}]`);
  }
  const alone = type === 'section' && node.text === undefined && node.fields === undefined;
  if (alone) wrong.push(`missing required field: text or fields [json-pointer:${pointer}]`);
  const empty = (type === 'mrkdwn' || type === 'plain_text' || type === 'markdown') && node.text === '';
  if (empty) wrong.push(`must be more than 0 characters [json-pointer:${pointer}/text]`);
  if (type === 'section' && Array.isArray(node.fields)) {
    const long = node.fields.some((field) => String(object.safeParse(field).data?.text).length > 2000);
    if (long) wrong.push(`must be less than 2001 characters [json-pointer:${pointer}/fields]`);
  }
}

function checkActionIds(block: AnyBlock, pointer: string, wrong: string[]): void {
  const elements = 'elements' in block && Array.isArray(block.elements) ? block.elements : [];
  const ids = elements.map((one) => object.safeParse(one).data?.action_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) wrong.push(`action_id already exists [json-pointer:${pointer}/elements]`);
}
