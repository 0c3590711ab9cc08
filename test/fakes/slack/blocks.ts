/** Blocks as readers and pressers meet them. */
import type { AnyBlock } from '@slack/types';
import type { Token } from 'marked';
import { lexer } from 'marked';
import { z } from 'zod';
import type { SeenButton, SeenSelect } from './index.ts';
import { mrkdwn, PLAIN, type Style } from './mrkdwn.ts';
import { blockId } from './view-output.ts';
import type { World } from './world.ts';

const text = z.looseObject({ type: z.string(), text: z.string() });
const option = z.looseObject({ text, value: z.string().default('') });
export type Option = z.infer<typeof option>;

const element = z.looseObject({
  type: z.string(),
  action_id: z.string().optional(),
  text: z.union([text, z.string()]).optional(),
  value: z.string().optional(),
  url: z.string().optional(),
  style: z.string().optional(),
  placeholder: text.optional(),
  options: z.array(option).optional(),
  option_groups: z.array(z.looseObject({ options: z.array(option) })).optional(),
  positive_button: option.optional(),
  negative_button: option.optional(),
  initial_value: z.unknown().optional(),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  initial_user: z.string().optional(),
  initial_users: z.array(z.string()).optional(),
  initial_channel: z.string().optional(),
  initial_conversation: z.string().optional(),
  initial_conversations: z.array(z.string()).optional(),
  initial_date: z.string().optional(),
  initial_time: z.string().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
});
export type Element = z.infer<typeof element>;

const block = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  text: z.union([text, z.string()]).optional(),
  fields: z.array(text).optional(),
  elements: z.array(z.looseObject({ type: z.string() })).optional(),
  accessory: element.optional(),
  element: element.optional(),
  label: text.optional(),
  hint: text.optional(),
  optional: z.boolean().optional(),
  title: z.union([text, z.string()]).optional(),
  alt_text: z.string().optional(),
  status: z.string().optional(),
  rows: z.array(z.array(z.unknown())).optional(),
});
export type ParsedBlock = z.infer<typeof block>;

export function parseBlock(given: AnyBlock): ParsedBlock {
  return block.parse(given);
}

export interface Part {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Element;
  /** Of an input block. */
  readonly input: { readonly label: string; readonly optional: boolean } | null;
}

/** What can be pressed, chosen and filled in. `owner` names the message or view for ids that were left out. */
export function partsOf(blocks: readonly AnyBlock[], owner: string): Part[] {
  return blocks.flatMap((given, n) => {
    const one = parseBlock(given);
    const id = one.block_id ?? blockId(owner, n);
    const acting = one.type === 'actions' || one.type === 'context_actions' ? (one.elements ?? []) : [];
    const all = [...acting.map((it) => element.parse(it)), one.accessory, one.element].filter((it) => it !== undefined);
    const input = one.type === 'input' ? { label: one.label?.text ?? '', optional: one.optional ?? false } : null;
    return all
      .filter(({ type }) => type !== 'image')
      .map((it, m) => ({ blockId: id, actionId: it.action_id ?? `${id}-${m}`, element: it, input }));
  });
}

export function optionsOf(one: Element): readonly Option[] {
  return [...(one.options ?? []), ...(one.option_groups ?? []).flatMap((group) => group.options)];
}

export function wordsOf(given: string | { readonly text: string } | undefined): string {
  return typeof given === 'string' ? given : (given?.text ?? '');
}

export function buttonsOf(blocks: readonly AnyBlock[], owner: string): SeenButton[] {
  return partsOf(blocks, owner).flatMap(({ actionId, element: one }): SeenButton[] => {
    const rest = { actionId, url: one.url ?? null, style: one.style ?? null };
    if (one.type === 'button' || one.type === 'icon_button')
      return [{ ...rest, text: wordsOf(one.text), value: one.value ?? null }];
    if (one.type !== 'feedback_buttons') return [];
    const both = [one.positive_button, one.negative_button].filter((it) => it !== undefined);
    return both.map((it) => ({ ...rest, text: it.text.text, value: it.value }));
  });
}

export function selectsOf(blocks: readonly AnyBlock[], owner: string): SeenSelect[] {
  return partsOf(blocks, owner)
    .filter(
      ({ element: { type }, input }) => input === null && /select$|^overflow$|^checkboxes$|^radio_buttons$/.test(type),
    )
    .map(({ actionId, element: one }) => ({
      actionId,
      type: one.type,
      placeholder: wordsOf(one.placeholder),
      options: optionsOf(one).map((it) => ({ text: it.text.text, value: it.value })),
    }));
}

/** All of a message or view as plain words. */
export function plainBlocks(world: World, blocks: readonly AnyBlock[]): string {
  return blocks
    .map((one) => plainBlock(world, parseBlock(one)))
    .filter((shown) => shown !== '')
    .join('\n');
}

function plainBlock(world: World, one: ParsedBlock): string {
  const say = (given: { readonly type: string; readonly text: string }) =>
    given.type === 'plain_text' ? given.text : mrkdwn(world, given.text, PLAIN);
  switch (one.type) {
    case 'markdown':
      return markdownWords(world, wordsOf(one.text));
    case 'section':
    case 'alert':
      return [typeof one.text === 'object' ? say(one.text) : '', ...(one.fields ?? []).map(say)]
        .filter((it) => it !== '')
        .join('\n');
    case 'context':
      return (one.elements ?? []).map((it) => (text.safeParse(it).success ? say(text.parse(it)) : '')).join(' ');
    case 'rich_text':
      return mrkdwn(world, richAsMrkdwn(one.elements ?? []), PLAIN);
    case 'divider':
      return '———';
    case 'image':
      return `[image: ${one.alt_text ?? ''}]`;
    case 'input':
      return one.label?.text ?? '';
    case 'table':
      return (one.rows ?? []).map((row) => row.map((cell) => cellWords(world, cell)).join(' | ')).join('\n');
    case 'task_card':
      return `${wordsOf(one.title)} (${one.status ?? ''})`;
    default:
      return wordsOf(one.text) || wordsOf(one.title);
  }
}

export function cellWords(world: World, cell: unknown): string {
  const rich = z.looseObject({ type: z.literal('rich_text'), elements: z.array(z.looseObject({ type: z.string() })) });
  const found = rich.safeParse(cell);
  if (found.success) return mrkdwn(world, richAsMrkdwn(found.data.elements), PLAIN);
  return text.safeParse(cell).data?.text ?? '';
}

const richElement = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  url: z.string().optional(),
  user_id: z.string().optional(),
  channel_id: z.string().optional(),
  usergroup_id: z.string().optional(),
  range: z.string().optional(),
  name: z.string().optional(),
  style: z.union([z.string(), z.looseObject({})]).optional(),
  elements: z.array(z.unknown()).optional(),
});

/** Rich text in Slack's older markup, which says nearly as much. */
export function richAsMrkdwn(elements: readonly unknown[]): string {
  return elements.map((given) => richPart(richElement.parse(given))).join('\n');
}

function richPart(one: z.infer<typeof richElement>): string {
  const inner = one.elements ?? [];
  switch (one.type) {
    case 'rich_text_list':
      return inner.map((it, n) => `${one.style === 'ordered' ? `${n + 1}.` : '•'} ${richAsMrkdwn([it])}`).join('\n');
    case 'rich_text_quote':
      return inner
        .map((it) => richPart(richElement.parse(it)))
        .join('')
        .replaceAll(/^/gm, '> ');
    case 'rich_text_preformatted':
      return `\`\`\`${inner.map((it) => richPart(richElement.parse(it))).join('')}\`\`\``;
    case 'rich_text_section':
      return inner.map((it) => richPart(richElement.parse(it))).join('');
    case 'user':
      return `<@${one.user_id}>`;
    case 'channel':
      return `<#${one.channel_id}>`;
    case 'usergroup':
      return `<!subteam^${one.usergroup_id}>`;
    case 'broadcast':
      return `<!${one.range}>`;
    case 'emoji':
      return `:${one.name}:`;
    case 'link':
      return one.text === undefined ? `<${one.url}>` : `<${one.url}|${one.text}>`;
    default:
      return (one.text ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  }
}

/** A `markdown` block as plain words. */
function markdownWords(world: World, source: string): string {
  return lexer(source)
    .map((token) => tokenWords(world, token))
    .filter((shown) => shown !== '')
    .join('\n');
}

function tokenWords(world: World, token: Token): string {
  const inner = (tokens: readonly Token[] | undefined) => (tokens ?? []).map((one) => tokenWords(world, one)).join('');
  switch (token.type) {
    case 'blockquote':
      return (token.tokens ?? [])
        .map((one) => tokenWords(world, one))
        .join('\n')
        .trim()
        .replaceAll(/^/gm, '> ');
    case 'list':
      return listWords(world, token);
    case 'table':
      return tableWords(world, token);
    case 'space':
      return '';
    case 'hr':
      return '———';
    case 'br':
      return '\n';
    case 'code':
    case 'codespan':
    case 'escape':
      return token.text;
    default:
      if ('tokens' in token && token.tokens !== undefined) return inner(token.tokens);
      return mrkdwn(world, 'text' in token ? String(token.text) : token.raw, MENTIONS);
  }
}

/** Markdown knows mentions, and none of the rest of Slack's markup. */
const MENTIONS: Style = { ...PLAIN, bold: (it) => `*${it}*`, italic: (it) => `_${it}_`, strike: (it) => `~${it}~` };

function listWords(world: World, token: Token): string {
  if (token.type !== 'list') return '';
  const items: readonly Token[] = token.items;
  const sign = (n: number) => (token.ordered === true ? `${Number(token.start) + n}.` : '•');
  return items
    .map((item, n) => {
      const parts = 'tokens' in item ? (item.tokens ?? []) : [];
      const words = parts.map((one) => tokenWords(world, one)).filter((it) => it !== '');
      return `${sign(n)} ${words.join('\n').replaceAll('\n', '\n  ')}`;
    })
    .join('\n');
}

function tableWords(world: World, token: Token): string {
  if (token.type !== 'table') return '';
  const cell = z.looseObject({ tokens: z.array(z.custom<Token>((it) => typeof it === 'object')) });
  const row = (cells: unknown) =>
    z
      .array(cell)
      .parse(cells)
      .map((one) => one.tokens.map((it) => tokenWords(world, it)).join(''))
      .join(' | ');
  const rows = z.array(z.unknown()).parse(token.rows);
  return [row(token.header), ...rows.map(row)].join('\n');
}
