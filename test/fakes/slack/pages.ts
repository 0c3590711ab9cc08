/** Lists page by page. */
import { Buffer } from 'node:buffer';
import { refusal } from './errors.ts';

/** Slack's cursors are opaque; these hold the place to go on from. */
export function page<T>(all: readonly T[], cursor: string | undefined, limit: number): { items: T[]; next: string } {
  const start =
    cursor === undefined || cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('at:', ''));
  if (!Number.isInteger(start) || start < 0 || start > all.length) throw refusal('invalid_cursor');
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? Buffer.from(`at:${end}`).toString('base64') : '' };
}
