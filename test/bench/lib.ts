/** What every contestant of one run shares: the panel, the articles and the clock. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

export const MODES = ['seq', 'par1', 'par'] as const;
/** How much runs together: nothing; the first round; both rounds. */
export type Mode = (typeof MODES)[number];

export interface Options {
  readonly mode: Mode;
  /** Whether somebody follows the words as they come. */
  readonly stream: boolean;
  /** Of the model server, up to and with `/v1`. */
  readonly baseURL: string;
  readonly apiKey: string;
  readonly model: string;
  /** Debate i of the run is called `<run>-<i>`, the ith warm-up `w<run>-<i>`. */
  readonly run: string;
}

export interface Task extends Options {
  /** The debate's. */
  readonly id: string;
  readonly article: string;
}

/** What a contestant keeps between debates; `report` adds figures of its own to the result. */
export interface Context {
  readonly report?: () => Promise<object>;
}

export interface Contestant<C extends Context> {
  readonly name: string;
  setup(options: Options): Promise<C>;
  /** Its texts in the order of the thread. */
  debate(context: C, task: Task): Promise<readonly { readonly text: string }[]>;
  teardown(context: C): Promise<void>;
}

export interface Panellist {
  readonly id: string;
  readonly name: string;
  /** Who it is and how it argues, in the second person. */
  readonly instructions: string;
}

export interface Lib {
  /** Runs the debates the environment asks for, prints one line of JSON and ends the process. */
  contest<C extends Context>(contestant: Contestant<C>): Promise<void>;
  /** About 6,000 tokens that belong to this debate alone. */
  article(id: string): string;
  readonly personas: readonly Panellist[];
  readonly coordinator: Panellist;
}

const panellist = z.object({ id: z.string(), name: z.string(), instructions: z.string() });
const peers = z.object({
  contest: z.custom<Lib['contest']>((value) => typeof value === 'function'),
  article: z.custom<Lib['article']>((value) => typeof value === 'function'),
  PERSONAS: z.array(panellist).length(7),
  COORD: panellist,
});

/** That of the peers, from the folder BENCH_LIB names, so that all run the same debate by the same clock; else our own. */
export async function loadLib(): Promise<Lib> {
  const folder = process.env.BENCH_LIB;
  if (!folder) {
    const [{ contest }, { article, personas, coordinator }] = await Promise.all([
      import('./contest.ts'),
      import('./panel.ts'),
    ]);
    return { contest, article, personas, coordinator };
  }
  const [clock, panel]: unknown[] = await Promise.all(
    ['contest.mjs', 'panel.mjs'].map((name) => import(pathToFileURL(join(folder, name)).href)),
  );
  const { contest, article, PERSONAS, COORD } = peers.parse({ ...Object(clock), ...Object(panel) });
  return { contest, article, personas: PERSONAS, coordinator: COORD };
}

/** One text of the debate: who says it and in which part. */
export interface Place {
  readonly part: 'open' | 'first' | 'second' | 'close';
  readonly speaker: Panellist;
}

/** The sixteen texts, in groups that may run together. */
export function stages(mode: Mode, { personas, coordinator }: Pick<Lib, 'personas' | 'coordinator'>): Place[][] {
  const round = (part: Place['part'], together: boolean) => {
    const places = personas.map((speaker) => ({ part, speaker }));
    return together ? [places] : places.map((place) => [place]);
  };
  return [
    [{ part: 'open', speaker: coordinator }],
    ...round('first', mode !== 'seq'),
    ...round('second', mode === 'par'),
    [{ part: 'close', speaker: coordinator }],
  ];
}
