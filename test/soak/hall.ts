/** The adapter of the soak's platform: every call goes over the wire, and may fail. */
import { z } from 'zod';
import type { Adapter, Outgoing } from '../../src/ports/adapter.ts';
import { MOST_LETTERS } from './platform.ts';

const identified = z.object({ id: z.string().nullable() });

export function createHall(url: string): Adapter {
  const call = async (path: string, body: object): Promise<string | null> => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`the platform answers ${path} with ${response.status}: ${await response.text()}`);
    return identified.parse(await response.json()).id;
  };
  const surely = async (path: string, body: object): Promise<string> => {
    const id = await call(path, body);
    if (id === null) throw new Error(`the platform gives no id for ${path}`);
    return id;
  };
  return {
    name: 'hall',
    facts: { maxLength: MOST_LETTERS, canLook: true, hasChannel: true },
    start: async () => undefined,
    stop: async () => undefined,
    async openThread({ id: debate, thread: { channel } }, title) {
      const found = await call('/thread', { debate, title });
      return { adapter: 'hall', channel, thread: found ?? (await surely('/open', { debate, title })) };
    },
    post: ({ key, debate, turn, part, to, text }: Outgoing) =>
      surely('/post', {
        room: debate.thread.thread,
        key,
        debate: debate.id,
        turn: turn.n,
        part,
        to,
        kind: turn.kind,
        text,
      }),
    find: ({ key }) => call('/find', { key }),
  };
}
