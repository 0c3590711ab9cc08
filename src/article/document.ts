import type { Localised } from '../debate.ts';

/** A stretch of the source as a reader sees it: one heading, paragraph, list, listing, table or caption. */
export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'list' | 'code' | 'table' | 'caption';
  /** Plain text; line breaks only where they carry meaning (code, list items, table rows). */
  readonly text: string;
  /** Headings only: 1 is the highest. */
  readonly level?: number;
  /** Page of the PDF it begins on, from 1; null where there are no pages. */
  readonly page: number | null;
  /** Where in `text` it runs on to another page, in order; absent: it does not. */
  readonly pageBreaks?: readonly { readonly at: number; readonly page: number }[];
}

/** What every extractor (pdf, html, markdown, text) returns: blocks in reading order. */
export interface Extracted {
  readonly title: string | null;
  readonly blocks: readonly Block[];
  /** What readers must be told: hidden text found, pages without text … */
  readonly warnings: readonly Localised[];
}
