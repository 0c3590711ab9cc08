/** A format held through the host with a scripted model on a store in memory, and what came of it. */
import { seatLetters } from '../../src/agents/aliases.ts';
import { promptFor } from '../../src/agents/prompt.ts';
import type { ArticleSource } from '../../src/article/read.ts';
import type { Debate, Limits, Log, Move, Turn } from '../../src/debate.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Cue } from '../../src/ports/voice.ts';
import { createScriptedAdapter } from '../fakes/scripted-adapter.ts';
import { fairScript, type ScriptedVoice, scriptedVoice } from '../fakes/scripted-voice.ts';
import { layTable, type Table } from '../fakes/table.ts';

type Said = string | Error | undefined | Promise<string | Error | undefined>;

export interface Held {
  readonly table: Table;
  readonly voice: ScriptedVoice;
  readonly debate: Debate;
  readonly log: Log;
}

export interface Play {
  readonly format: string;
  readonly panel?: string;
  readonly limits?: Partial<Limits>;
  readonly question?: string;
  readonly source?: ArticleSource;
  /** What is said for a cue; undefined: what any fair speaker would. */
  readonly script?: (cue: Cue, table: Table) => Said;
}

let tables = 0;

/** From the first move to the last. */
export async function hold(store: Store, play: Play): Promise<Held> {
  const voice: ScriptedVoice = scriptedVoice(async (cue) => (await play.script?.(cue, table)) ?? fairScript(cue));
  const { format, panel = 'seven', source = null } = play;
  // Of its own, for the scripted platform counts its events anew for each table.
  const workspace = `table-${++tables}`;
  const table: Table = await layTable(store, voice, createScriptedAdapter(), { format, panel, source, workspace });
  const debate = await table.convene(play.question ?? 'Is it worth it?', play.limits);
  await table.run(debate);
  return { table, voice, debate, log: await logOf(store, debate) };
}

export async function logOf(store: Store, debate: Debate): Promise<Log> {
  const log = await store.load(debate.workspace, debate.id);
  if (!log) throw new Error(`debate ${debate.id} is gone`);
  return log;
}

/** All a model would have been told for a cue. */
export function shown(cue: Cue): string {
  return promptFor(cue, { whole: true }, seatLetters(cue.log.debate))
    .map(({ content }) => content)
    .join('\n');
}

export function cuesOf(voice: ScriptedVoice, kind: Move['kind'], purpose?: Move['purpose']): Cue[] {
  return voice.cues.filter(({ move }) => move.kind === kind && (purpose === undefined || move.purpose === purpose));
}

export function turnOf(log: Log, key: string): Turn {
  const turn = log.turns.find((each) => each.key === key);
  if (!turn) throw new Error(`there is no turn ${key}`);
  return turn;
}
