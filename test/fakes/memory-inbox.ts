/** Inbox and installations that end with the process, for hosts that keep nothing else. */
import type { Inbox, Installation, Installations, PlatformEvent } from '../../src/ports/inbox.ts';

/** What was kept before `restarts` is nobody's afterwards. */
export function createMemoryInbox(): Inbox & { restarts(): void; readonly unfinished: number } {
  const events = new Map<string, PlatformEvent & { state: 'taken' | 'nobodys' | 'done' }>();
  const keyOf = ({ adapter, id }: Pick<PlatformEvent, 'adapter' | 'id'>) => `${adapter}/${id}`;
  const unfinished = () => [...events.values()].filter(({ state }) => state !== 'done');
  return {
    get unfinished() {
      return unfinished().length;
    },
    restarts() {
      for (const event of unfinished()) event.state = 'nobodys';
    },
    async keep(event) {
      if (events.has(keyOf(event))) return 'known';
      events.set(keyOf(event), { ...event, payload: structuredClone(event.payload), state: 'taken' });
      return 'new';
    },
    async done(event) {
      const found = events.get(keyOf(event));
      if (found) found.state = 'done';
    },
    async takeUp(adapter) {
      const taken = unfinished().filter((event) => event.adapter === adapter && event.state === 'nobodys');
      for (const event of taken) event.state = 'taken';
      return taken.map(({ state: _, ...event }) => event);
    },
    async forget(adapter, workspace) {
      for (const event of unfinished()) {
        if (event.adapter === adapter && event.workspace === workspace) events.delete(keyOf(event));
      }
    },
  };
}

export function createMemoryInstallations(): Installations {
  const kept = new Map<string, Installation>();
  return {
    save: async (adapter, installation) => void kept.set(`${adapter}/${installation.id}`, installation),
    find: async (adapter, id) => kept.get(`${adapter}/${id}`) ?? null,
    async remove(adapter, id) {
      const gone = [...kept].filter(
        ([key, each]) => key.startsWith(`${adapter}/`) && (each.id === id || each.parent === id),
      );
      for (const [key] of gone) kept.delete(key);
      return gone.map(([, each]) => each.id);
    },
  };
}
