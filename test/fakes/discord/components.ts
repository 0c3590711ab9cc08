/** Message components: what a client may send, and how they read. */
import {
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APISectionAccessoryComponent,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import type { FormFault } from './errors.ts';
import type { SeenButton, SeenSelect } from './index.ts';

const MOST_COMPONENTS = 40;
const MOST_V2_TEXT = 4000;

type Node =
  | APIMessageTopLevelComponent
  | APIComponentInContainer
  | APIComponentInMessageActionRow
  | APISectionAccessoryComponent;

function children(node: Node): readonly Node[] {
  switch (node.type) {
    case ComponentType.ActionRow:
    case ComponentType.Container:
      return node.components;
    case ComponentType.Section:
      return [...node.components, node.accessory];
    default:
      return [];
  }
}

function allComponents(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => [node, ...allComponents(children(node))]);
}

const fault = (path: string, code: string, message: string): FormFault => ({ path, code, message });

export function length(path: string, text: string | undefined | null, min: number, max: number): FormFault[] {
  const size = text?.length ?? 0;
  if (text === undefined || text === null || (size >= min && size <= max)) return [];
  const code = size > max ? 'BASE_TYPE_MAX_LENGTH' : 'BASE_TYPE_MIN_LENGTH';
  return [fault(path, code, `Must be between ${min} and ${max} in length, is ${size}.`)];
}

export function count(path: string, size: number, min: number, max: number): FormFault[] {
  return size >= min && size <= max
    ? []
    : [fault(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length, is ${size}.`)];
}

/** The rules beyond the schema. `files`: names of what was uploaded or is there already. */
export function componentFaults(
  nodes: readonly APIMessageTopLevelComponent[],
  v2: boolean,
  files: ReadonlySet<string>,
): FormFault[] {
  const all = allComponents(nodes);
  const faults = all.flatMap((node) => nodeFaults(node, files));
  const ids = all.flatMap((node) => ('custom_id' in node ? [node.custom_id] : []));
  if (new Set(ids).size < ids.length) {
    faults.push(
      fault('components', 'COMPONENT_CUSTOM_ID_DUPLICATED', `Component custom id cannot be duplicated: ${ids}`),
    );
  }
  if (!v2) {
    faults.push(...count('components', nodes.length, 0, 5));
    if (nodes.some((node) => node.type !== ComponentType.ActionRow)) {
      faults.push(fault('components', 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).'));
    }
    return faults;
  }
  faults.push(...count('components', all.length, 1, MOST_COMPONENTS));
  const text = all.reduce((sum, node) => sum + (node.type === ComponentType.TextDisplay ? node.content.length : 0), 0);
  if (text > MOST_V2_TEXT) {
    faults.push(
      fault('components', 'TOTAL_TEXT_TOO_LONG', `The text displays have ${text} of ${MOST_V2_TEXT} characters.`),
    );
  }
  return faults;
}

function nodeFaults(node: Node, files: ReadonlySet<string>): FormFault[] {
  const at = `components.${ComponentType[node.type]}`;
  switch (node.type) {
    case ComponentType.ActionRow: {
      const selects = node.components.filter((one) => one.type !== ComponentType.Button).length;
      return count(at, node.components.length + selects * 4, 1, 5);
    }
    case ComponentType.Button:
      return [
        ...('custom_id' in node ? length(`${at}.custom_id`, node.custom_id, 1, 100) : []),
        ...('label' in node ? length(`${at}.label`, node.label, 0, 80) : []),
        ...('url' in node ? length(`${at}.url`, node.url, 1, 512) : []),
        ...(node.style !== ButtonStyle.Premium && !node.label && node.emoji === undefined
          ? [fault(at, 'BUTTON_COMPONENT_INVALID', 'A button needs a label or an emoji.')]
          : []),
      ];
    case ComponentType.TextDisplay:
      return length(`${at}.content`, node.content, 1, MOST_V2_TEXT);
    case ComponentType.Section:
      return count(`${at}.components`, node.components.length, 1, 3);
    case ComponentType.Container:
      return count(`${at}.components`, node.components.length, 1, MOST_COMPONENTS);
    case ComponentType.MediaGallery:
      return [
        ...count(`${at}.items`, node.items.length, 1, 10),
        ...node.items.flatMap((item) => mediaFaults(at, item.media.url, files)),
      ];
    case ComponentType.Thumbnail:
      return mediaFaults(at, node.media.url, files);
    case ComponentType.File:
      return mediaFaults(at, node.file.url, files);
    case ComponentType.Separator:
      return [];
    default:
      return selectFaults(at, node);
  }
}

function mediaFaults(at: string, url: string, files: ReadonlySet<string>): FormFault[] {
  if (url.startsWith('attachment://')) {
    const name = url.slice('attachment://'.length);
    return files.has(name) ? [] : [fault(at, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', `No file ${name}`)];
  }
  return /^https?:\/\//.test(url) ? [] : [fault(at, 'URL_TYPE_INVALID_SCHEME', `Not http(s) or attachment: ${url}`)];
}

function selectFaults(at: string, node: APISelectMenuComponent): FormFault[] {
  const faults = [
    ...length(`${at}.custom_id`, node.custom_id, 1, 100),
    ...length(`${at}.placeholder`, node.placeholder, 0, 150),
  ];
  if (node.type !== ComponentType.StringSelect) return faults;
  const values = node.options.map((option) => option.value);
  if (new Set(values).size < values.length) {
    faults.push(fault(at, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used'));
  }
  const options = node.options.flatMap((option) => [
    ...length(`${at}.options.label`, option.label, 1, 100),
    ...length(`${at}.options.value`, option.value, 1, 100),
    ...length(`${at}.options.description`, option.description, 0, 100),
  ]);
  return [...faults, ...count(`${at}.options`, node.options.length, 1, 25), ...options];
}

/** Components as plain text, a line each; a row of buttons is one line. */
export function plainText(nodes: readonly Node[]): string {
  return nodes
    .map(nodeText)
    .filter((text) => text !== '')
    .join('\n');
}

function nodeText(node: Node): string {
  switch (node.type) {
    case ComponentType.ActionRow:
      return node.components.map(nodeText).join(' ');
    case ComponentType.Container:
      return plainText(node.components);
    case ComponentType.Section:
      return plainText([...node.components, node.accessory]);
    case ComponentType.TextDisplay:
      return node.content;
    case ComponentType.Separator:
      return '———';
    case ComponentType.MediaGallery:
      return node.items.map((item) => `[image: ${item.description ?? item.media.url}]`).join(' ');
    case ComponentType.Thumbnail:
      return `[image: ${node.description ?? node.media.url}]`;
    case ComponentType.File:
      return `[file: ${node.file.url}]`;
    case ComponentType.Button:
      return 'label' in node ? `[${[node.emoji?.name, node.label].filter(Boolean).join(' ')}]` : '[…]';
    case ComponentType.StringSelect:
      return `[▾ ${node.placeholder ?? ''}: ${node.options.map((option) => option.label).join(' | ')}]`;
    default:
      return `[▾ ${node.placeholder ?? ''}]`;
  }
}

export function buttonsOf(nodes: readonly Node[]): SeenButton[] {
  return allComponents(nodes).flatMap((node) => {
    if (node.type !== ComponentType.Button) return [];
    const label = 'label' in node ? (node.label ?? node.emoji?.name ?? '') : '';
    const customId = 'custom_id' in node ? node.custom_id : null;
    return [{ customId, url: 'url' in node ? node.url : null, label, disabled: node.disabled ?? false }];
  });
}

export function selectsOf(nodes: readonly Node[]): SeenSelect[] {
  return allComponents(nodes).flatMap((node) => {
    if (node.type !== ComponentType.StringSelect) return [];
    const options = node.options.map(({ label, value }) => ({ label, value }));
    const { custom_id: customId, placeholder = '', disabled = false } = node;
    return [{ customId, placeholder, disabled, options }];
  });
}

/** Components as Discord keeps them: each numbered, what was left out at its default. */
export function kept(nodes: readonly APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  const copy = structuredClone([...nodes]);
  for (const [n, node] of allComponents(copy).entries()) {
    node.id ??= n + 1;
    if (node.type === ComponentType.Container) {
      node.accent_color ??= null;
      node.spoiler ??= false;
    } else if (node.type === ComponentType.Separator) {
      node.divider ??= true;
      node.spacing ??= SeparatorSpacingSize.Small;
    } else if ('placeholder' in node || 'options' in node) {
      node.min_values ??= 1;
      node.max_values ??= 1;
    }
  }
  return copy;
}
