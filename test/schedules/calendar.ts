/** A workspace whose time passes at will: people schedule, and the moments come. */
import { randomUUID } from 'node:crypto';
import { defaultReaderSettings } from '../../src/article/read.ts';
import type { Language } from '../../src/debate.ts';
import type { Person } from '../../src/ports/host.ts';
import { OPEN_SETTINGS, type Store, type WorkspaceSettings } from '../../src/ports/store.ts';
import { ring, tick } from '../../src/schedules/scheduler.ts';
import { createHandAlarms } from '../fakes/alarms.ts';
import { ANA, createScriptedAdapter } from '../fakes/scripted-adapter.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import { layTable, type Table } from '../fakes/table.ts';

export interface Calendar extends Table {
  readonly name: string;
  /** Somebody does it, and is told. */
  does(verb: string, args?: Record<string, string>, language?: Language, by?: Person): Promise<string>;
  /** Presses the button of that verb under the newest note, or answer. */
  presses(verb: string, more?: Record<string, string>): Promise<string>;
  /** Everything due up to then happens, at its moment. */
  until(moment: string): Promise<void>;
  /** Nobody is there up to then. */
  nobodyUntil(moment: string): void;
  now(): Date;
  /** The words of the program in the channel. */
  notes(): string[];
  /** What was begun: when it was due there (UTC), by its title. */
  begun(): Promise<string[]>;
}

/** Thursday. */
const START = '2026-11-26T10:00:00Z';

export async function openCalendar(store: Store, settings: Partial<WorkspaceSettings> = {}): Promise<Calendar> {
  const name = `w-${randomUUID()}`;
  let clock = new Date(START);
  const adapter = createScriptedAdapter({ workspace: name });
  const reader = { ...defaultReaderSettings, allowPrivateUrls: true, timeoutMs: 3000 };
  const now = () => clock;
  const table = await layTable(store, scriptedVoice(fairScript), adapter, {
    workspace: name,
    now,
    reader,
    idle: true,
  });
  const alarms = createHandAlarms(name);
  await store.saveSettings(name, { ...OPEN_SETTINGS, zone: 'Europe/Madrid', ...settings });

  const does: Calendar['does'] = async (verb, args = {}, language = 'en', by = ANA) => {
    const before = adapter.told.length;
    await adapter.receive({ type: 'verb', verb, args }, language, by, null);
    return adapter.told.slice(before).join('\n');
  };
  const moments = async () => {
    const all = (await store.schedules.list(name)).filter(({ state }) => state === 'active');
    return all.flatMap(({ next, ahead, announced }) => {
      if (!next) return [];
      const isAnnounced = ahead === 0 || announced?.getTime() === next.getTime();
      return isAnnounced ? [next] : [new Date(next.getTime() - ahead * 60_000), next];
    });
  };
  const minded = async () => {
    await tick(table.scheduling, alarms);
    await alarms.ringUpTo(clock, (alarm, attempt) => ring(table.scheduling, alarm, attempt));
  };
  return {
    ...table,
    name,
    does,
    presses: (verb, more = {}) => {
      const offers = [...(adapter.notes.at(-1)?.invites ?? []), ...adapter.offered];
      const offer = offers.find((each) => each.verb === verb);
      if (!offer) throw new Error(`nothing offers ${verb}`);
      return does(verb, { ...more, ...offer.args });
    },
    async until(moment) {
      const end = new Date(moment);
      await minded();
      for (;;) {
        const later = (await moments()).filter((each) => each > clock && each <= end);
        const [next] = later.toSorted((one, other) => one.getTime() - other.getTime());
        if (!next) break;
        clock = next;
        await minded();
      }
      clock = end;
    },
    nobodyUntil: (moment) => {
      clock = new Date(moment);
    },
    now,
    notes: () => adapter.notes.map(({ text }) => text),
    async begun() {
      const all = await store.schedules.list(name);
      const runs = await Promise.all(all.map(({ id }) => store.schedules.runs(name, id, 100)));
      return runs
        .flat()
        .filter(({ outcome }) => outcome === 'debated')
        .toSorted((one, other) => one.slot.getTime() - other.slot.getTime())
        .map(({ slot, topic }) => `${slot.toISOString().slice(0, 16)} ${topic?.title}`);
    },
  };
}
