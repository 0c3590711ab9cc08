/** HTML from a tagged template that escapes whatever is put into it. */

/** Markup that is safe as it stands: made by `html`, or by a renderer that escapes for itself. */
export interface Html {
  readonly markup: string;
}

type Child = Html | string | number | false | null | readonly Child[];

/** `html\`<p>${text}</p>\``: strings and numbers are escaped, markup and lists of it go in as they are. */
export function html(parts: TemplateStringsArray, ...children: Child[]): Html {
  return { markup: parts.map((part, i) => part + markupOf(children[i] ?? null)).join('') };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

function markupOf(child: Child): string {
  if (child === null || child === false) return '';
  if (typeof child === 'string' || typeof child === 'number') return escapeHtml(String(child));
  return 'markup' in child ? child.markup : child.map(markupOf).join('');
}
