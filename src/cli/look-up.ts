/** The commands that look something up and begin nothing. */
import { createJsonLines } from '../../adapters/terminal/json-lines.ts';
import type { Config } from '../config.ts';
import { openTertulia, type Tertulia } from '../main.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Place, Reply } from '../ports/host.ts';
import { prepare } from '../prepare.ts';
import { noSuchDebate, WORKSPACE } from './debate.ts';
import { mustBeWritable, writeRecord } from './out.ts';

/** What the verb answers, asked by whoever sits at the terminal. */
export async function ask(config: Config, verb: string, args: Record<string, string>): Promise<string> {
  const here = { adapter: 'terminal', workspace: WORKSPACE, channel: 'terminal', thread: null };
  return (await askAt(config, here, verb, args)).text;
}

/** The same about a channel of a platform, which this process is not connected to. */
export async function askAt(config: Config, place: Place, verb: string, args: Record<string, string>): Promise<Reply> {
  return withTertulia(config, elsewhere(place.adapter), ({ host }) =>
    host.receive({
      id: verb,
      by: { id: 'you', name: config.userName ?? 'you', admin: true, roles: [] },
      place,
      language: config.language,
      act: { type: 'verb', verb, args },
    }),
  );
}

/** Says nothing and sees nothing: whoever is connected does, when the time comes. */
function elsewhere(name: string): Adapter {
  const silent = createJsonLines({ write: () => true });
  if (name === silent.name) return silent;
  return { ...silent, name, tell: async () => undefined, popularLinks: async () => [] };
}

/** Writes the record of a debate to a file. */
export async function exportDebate(config: Config, id: string, out: string): Promise<void> {
  await mustBeWritable(config.cwd, out);
  await withTertulia(config, elsewhere('terminal'), async ({ store }) => {
    const log = await store.load(WORKSPACE, id);
    if (!log) throw noSuchDebate(id);
    await writeRecord(config.cwd, out, log, `tertulia show ${id} --out ${out}`);
  });
}

/** A Tertulia to look things up in: nothing is posted. */
async function withTertulia<T>(config: Config, adapter: Adapter, use: (tertulia: Tertulia) => Promise<T>): Promise<T> {
  const tertulia = await openTertulia(config, [adapter], await prepare(config));
  try {
    return await use(tertulia);
  } finally {
    await tertulia.close();
  }
}
