/** The little of the DOM that reading a page takes. Nothing in it runs or loads anything. */
import { parseHTML } from 'linkedom';

export interface DomNode {
  readonly nodeType: number;
  readonly textContent: string;
  remove(): void;
}

export interface DomElement extends DomNode {
  readonly localName: string;
  readonly childNodes: Iterable<DomNode>;
  readonly parentElement: DomElement | null;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  closest(selector: string): DomElement | null;
  matches(selector: string): boolean;
  replaceWith(...nodes: (DomNode | string)[]): void;
  after(...nodes: (DomNode | string)[]): void;
}

export interface DomDocument {
  readonly title: string;
  readonly documentElement: DomElement;
  readonly body: DomElement;
  createElement(name: string): DomElement & { textContent: string };
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

/** Parses a page or a piece of one, however broken. */
export function parsePage(markup: string): DomDocument {
  // Without a root the parser keeps only what a document may hold.
  const whole = /<(?:html|body)\b/i.test(markup) ? markup : `<!doctype html><html><body>${markup}</body></html>`;
  return parseHTML(whole).document;
}

export function isElement(node: DomNode): node is DomElement {
  return node.nodeType === 1;
}

export function isText(node: DomNode): boolean {
  return node.nodeType === 3;
}

export function isComment(node: DomNode): boolean {
  return node.nodeType === 8;
}

/** How many elements a tree has, and how deep they nest. */
export function sizeOf(root: DomElement): { readonly elements: number; readonly depth: number } {
  let elements = 0;
  let depth = 0;
  const todo: [DomElement, number][] = [[root, 1]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [element, level] = next;
    elements += 1;
    depth = Math.max(depth, level);
    for (const child of element.childNodes) if (isElement(child)) todo.push([child, level + 1]);
  }
  return { elements, depth };
}
