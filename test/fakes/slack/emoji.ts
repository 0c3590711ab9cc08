/** Slack's names of emoji. */
import shortcodes from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };
import { z } from 'zod';

const names = z.record(z.string(), z.union([z.string(), z.array(z.string())])).parse(shortcodes);

const characters = new Map(
  Object.entries(names).flatMap(([points, given]) =>
    [given]
      .flat()
      .map((name) => [name, String.fromCodePoint(...points.split('-').map((hex) => Number.parseInt(hex, 16)))]),
  ),
);

/** `skull` or `:skull:` as a character; null: Slack knows none of that name. */
export function emoji(name: string): string | null {
  return characters.get(name.replaceAll(':', '').replace(/skin-tone-\d$/, '')) ?? null;
}
