/** What models cost. A model that is not in the list has no price, and nobody guesses one. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Usage } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Voice } from '../ports/voice.ts';

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  /** Of input the provider served from its cache. */
  readonly cached: number;
  readonly output: number;
}

/** By `provider:name`; null: not known. */
export type Prices = (model: string) => Price | null;

const dollars = z.number().nonnegative();
const list = z.record(
  z.string().regex(/^[a-z][\w-]*:\S+$/),
  z.object({ input: dollars, cached: dollars.optional(), output: dollars, asOf: z.iso.date() }),
);

const SHIPPED = new URL('./prices.json', import.meta.url);

/**
 * `file`: prices that add to the shipped ones and go over them. `elsewhere`: provider whose models are called at an
 * address of one's own, where its list prices say nothing.
 */
export async function loadPrices(file: string | null, elsewhere: string | null): Promise<Prices> {
  const shipped = Object.entries(await listIn(SHIPPED)).filter(([model]) => !model.startsWith(`${elsewhere}:`));
  const own = file === null ? [] : Object.entries(await listIn(file));
  const prices = new Map([...shipped, ...own]);
  return (model) => {
    const price = prices.get(model);
    return price ? { input: price.input, cached: price.cached ?? price.input, output: price.output } : null;
  };
}

async function listIn(file: string | URL): Promise<z.infer<typeof list>> {
  try {
    return list.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll(/\s*\n\s*/g, ' ') : String(cause);
    throw new InputError(
      {
        en: `The prices in ${file} can't be read (${why}); correct the file TERTULIA_PRICES names, as .env.example shows.`,
        es: `No se pueden leer los precios de ${file} (${why}); corrige el archivo que indica TERTULIA_PRICES, como muestra .env.example.`,
      },
      { cause },
    );
  }
}

/** US dollars; undefined when the provider did not count. Input not said to be cached is paid for as new. */
export function costOf(usage: Usage, price: Price | null): number | undefined {
  const { inputTokens, cachedTokens, outputTokens } = usage;
  if (!price || inputTokens === null || outputTokens === null) return undefined;
  const cached = Math.min(cachedTokens ?? 0, inputTokens);
  return ((inputTokens - cached) * price.input + cached * price.cached + outputTokens * price.output) / 1_000_000;
}

/** The voice, with what each of its calls cost. */
export function priced(voice: Voice, prices: Prices): Voice {
  return {
    kind: voice.kind,
    async speak(cue, listener, signal) {
      const said = await voice.speak(cue, listener, signal);
      if (!said.usage || said.model === null) return said;
      const cost = costOf(said.usage, prices(said.model));
      return cost === undefined ? said : { ...said, usage: { ...said.usage, cost } };
    },
  };
}
