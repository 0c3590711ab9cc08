/** The commands that look something up and begin nothing. */
import { createJsonLines } from '../../adapters/terminal/json-lines.ts';
import type { Config } from '../config.ts';
import { openTertulia, type Tertulia } from '../main.ts';
import { prepare } from '../prepare.ts';
import { noSuchDebate, WORKSPACE } from './debate.ts';
import { mustBeWritable, writeRecord } from './out.ts';

/** What the verb answers, asked by whoever sits at the terminal. */
export async function ask(config: Config, verb: string, args: Record<string, string>): Promise<string> {
  return withTertulia(config, async ({ host }) => {
    const reply = await host.receive({
      id: verb,
      by: { id: 'you', name: config.userName ?? 'you', admin: true, roles: [] },
      place: { adapter: 'terminal', workspace: WORKSPACE, channel: 'terminal', thread: null },
      language: config.language,
      act: { type: 'verb', verb, args },
    });
    return reply.text;
  });
}

/** Writes the record of a debate to a file. */
export async function exportDebate(config: Config, id: string, out: string): Promise<void> {
  await mustBeWritable(config.cwd, out);
  await withTertulia(config, async ({ store }) => {
    const log = await store.load(WORKSPACE, id);
    if (!log) throw noSuchDebate(id);
    await writeRecord(config.cwd, out, log, `tertulia show ${id} --out ${out}`);
  });
}

/** A Tertulia to look things up in: nothing is posted. */
async function withTertulia<T>(config: Config, use: (tertulia: Tertulia) => Promise<T>): Promise<T> {
  const tertulia = await openTertulia(config, [createJsonLines({ write: () => true })], await prepare(config));
  try {
    return await use(tertulia);
  } finally {
    await tertulia.close();
  }
}
