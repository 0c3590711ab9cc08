/** What every `Inbox` and `Installations` must do, whatever they keep things in. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Inbox, Installations } from '../../src/ports/inbox.ts';

export function inboxContract(inbox: () => Inbox): void {
  const newEvent = () => ({
    adapter: `a-${randomUUID()}`,
    workspace: 'w1',
    id: 'e1',
    payload: { text: 'two \u0000 “words”', list: [1, null] },
  });

  describe('the inbox', () => {
    test('an event is new once, however often and at the same time it is delivered', async () => {
      const event = newEvent();
      const answers = await Promise.all([1, 2, 3].map(() => inbox().keep(event)));
      expect(answers.toSorted()).toEqual(['known', 'known', 'new']);
      await inbox().done(event);
      expect(await inbox().keep(event)).toBe('known');
    });

    test('ids are those of one platform', async () => {
      const event = newEvent();
      expect(await inbox().keep(event)).toBe('new');
      expect(await inbox().keep({ ...event, adapter: `${event.adapter}2` })).toBe('new');
      expect(await inbox().keep({ ...event, id: 'e2', workspace: null })).toBe('new');
    });

    test('what this process sees to is not taken up', async () => {
      const event = newEvent();
      await inbox().keep(event);
      expect(await inbox().takeUp(event.adapter)).toEqual([]);
      await inbox().done(event);
      expect(await inbox().takeUp(event.adapter)).toEqual([]);
      await inbox().done({ adapter: event.adapter, id: 'never seen' });
    });

    test('a workspace that is gone is forgotten, with what is not done yet', async () => {
      const event = newEvent();
      await inbox().keep(event);
      await inbox().keep({ ...event, id: 'e2', workspace: 'w2' });
      await inbox().forget(event.adapter, 'w1');
      expect(await inbox().keep(event)).toBe('new');
      expect(await inbox().keep({ ...event, id: 'e2', workspace: 'w2' })).toBe('known');
    });
  });
}

export function installationsContract(installations: () => Installations): void {
  describe('installations', () => {
    const adapter = () => `a-${randomUUID()}`;

    test('come back as they were saved, the last one of an id', async () => {
      const here = adapter();
      expect(await installations().find(here, 'T1')).toBeNull();
      const first = { id: 'T1', parent: null, secret: { token: 'xoxb-1', scopes: ['a', 'b'] } };
      await installations().save(here, first);
      expect(await installations().find(here, 'T1')).toEqual(first);
      await installations().save(here, { ...first, secret: { token: 'xoxb-2' } });
      expect(await installations().find(here, 'T1')).toEqual({ ...first, secret: { token: 'xoxb-2' } });
      expect(await installations().find(adapter(), 'T1')).toBeNull();
    });

    test('an organisation goes with the workspaces it serves, and no others', async () => {
      const here = adapter();
      await installations().save(here, { id: 'E1', parent: null, secret: 1 });
      await installations().save(here, { id: 'T1', parent: 'E1', secret: 2 });
      await installations().save(here, { id: 'T2', parent: null, secret: 3 });
      expect((await installations().remove(here, 'E1')).toSorted()).toEqual(['E1', 'T1']);
      expect(await installations().find(here, 'T1')).toBeNull();
      expect(await installations().find(here, 'T2')).not.toBeNull();
      expect(await installations().remove(here, 'E1')).toEqual([]);
    });
  });
}
