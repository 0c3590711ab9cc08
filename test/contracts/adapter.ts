/** What every platform must do, in terms of the port alone. An implementation supplies the harness. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Debate, type Language, speaker, type Turn } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Adapter, Outgoing } from '../../src/ports/adapter.ts';
import type { Person } from '../../src/ports/host.ts';
import { deliveryKey } from '../../src/ports/store.ts';
import { splitMarkdown } from '../../src/text/split.ts';
import { emptyLog } from '../fakes/dialogue.ts';
import type { RecordingHost } from '../fakes/recording-host.ts';

/** A message as readers of the thread see it. */
export interface Seen {
  readonly speakerName: string;
  readonly face: string;
  readonly text: string;
}

export interface AdapterHarness {
  readonly adapter: Adapter;
  readonly host: RecordingHost;
  /** Where debates are held there; left out: anywhere. */
  readonly at?: Pick<Debate, 'workspace' | 'thread'> & Partial<Pick<Debate, 'startedBy'>>;
  /** A person writes this in the debate's thread. */
  says(text: string): Promise<void>;
  /** A person calls a verb by the word people of the language know it by, however the platform does that. */
  calls(word: string, args: readonly string[]): Promise<void>;
  /** The person of `says` and `calls`. */
  readonly person: Person;
  /** Messages of the thread under a speaker's name, oldest first. */
  seen(): Promise<readonly Seen[]>;
  /** Texts of the channel the thread hangs in, oldest first. Where there is one. */
  inChannel?(): Promise<readonly string[]>;
  /** What the program itself told the person. */
  told(): Promise<readonly string[]>;
  /** The next message arrives but its answer does not. Where the platform can look. */
  loseNextResponse?(): void;
  /** The next message does not arrive. */
  failNext?(): void;
  close(): Promise<void>;
}

export type MakeHarness = (language: Language) => Promise<AdapterHarness>;

/** Everything a terminal, a font or a chat obeys rather than shows. */
const OBEYED = /[\p{Cc}--\n]|[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/v;

export function adapterContract(name: string, make: MakeHarness): void {
  describe.each(['en', 'es'])(`${name} keeps the adapter's contract in %s`, (language) => {
    let harness: AdapterHarness;
    let debate: Debate;

    beforeEach(async () => {
      harness = await make(language);
      await harness.adapter.start(harness.host);
      const opened = emptyLog({ id: 'd1', language, ...harness.at }).debate;
      debate = { ...opened, thread: await harness.adapter.openThread(opened, 'An article') };
    });
    afterEach(async () => {
      await harness.adapter.stop();
      await harness.close();
    });

    const post = async (n: number, speakerId: string, text: string, kind: Turn['kind'] = 'statement') => {
      const parts = harness.adapter.split?.(text) ?? splitMarkdown(text, harness.adapter.facts.maxLength);
      const messages = parts.map((part, index) => outgoing(debate, n, speakerId, kind, part, index, parts.length));
      const ids: string[] = [];
      for (const message of messages) ids.push(await harness.adapter.post(message));
      return { messages, ids };
    };
    const texts = async () => (await harness.seen()).map(({ text }) => flat(text));

    test('a thread goes round: it names this adapter, and what is said in it comes back with it', async () => {
      await harness.says('What about energy?');
      expect(debate.thread.adapter).toBe(harness.adapter.name);
      expect(harness.host.received.map(({ place }) => place)).toEqual([
        expect.objectContaining({ ...debate.thread, workspace: debate.workspace }),
      ]);
    });

    test('turns appear in order, each once, under the name and face of who spoke', async () => {
      const order = ['coordinator', 'reviewer', 'critic', 'doomer'];
      for (const [index, id] of order.entries()) await post(index + 1, id, `Turn of ${id}.`);
      const seen = await harness.seen();
      expect(seen.map(({ text }) => text)).toEqual(order.map((id) => `Turn of ${id}.`));
      for (const [index, id] of order.entries()) {
        const persona = speaker(debate.panel, id);
        expect(seen[index]?.speakerName).toBe(language === 'es' ? persona?.name.es : persona?.name.en);
        expect(seen[index]?.face).toBe(persona?.face);
      }
    });

    test('its own messages never come back as something a person said', async () => {
      await post(1, 'researcher', 'Hello. /pause');
      await post(2, 'critic', '/pause');
      expect(harness.host.received).toEqual([]);
    });

    test('every message has an id of its own', async () => {
      const { ids: first } = await post(1, 'researcher', 'Same words.');
      const { ids: second } = await post(2, 'researcher', 'Same words.');
      expect(new Set([...first, ...second]).size).toBe(2);
      for (const id of [...first, ...second]) expect(id).not.toBe('');
    });

    test('a long turn comes in parts that fit, all its words there and in order', async () => {
      const { maxLength } = harness.adapter.facts;
      const sentence = 'The reward rises while the evidence does not, says the “article” in its own words. ';
      const long = sentence.repeat(Math.ceil((maxLength * 2.5) / sentence.length)).trim();
      const { messages } = await post(1, 'reviewer', long, 'reply');
      expect(messages.length).toBeGreaterThan(1);
      for (const { text } of messages) expect(text.length).toBeLessThanOrEqual(maxLength);
      expect((await texts()).join(' ')).toBe(flat(long));
      for (const { speakerName } of await harness.seen()) {
        expect(speakerName).toBe(language === 'es' ? 'Revisor Científico' : 'Scientific Reviewer');
      }
    });

    test('what is not a verb is said, word for word, by the person who said it', async () => {
      await harness.says('¿Y la energía? *Nobody* counts it: “why” @Doomer #4');
      const [incoming, ...others] = harness.host.received;
      expect(others).toEqual([]);
      expect(incoming?.act).toEqual({ type: 'say', text: '¿Y la energía? *Nobody* counts it: “why” @Doomer #4' });
      expect(incoming?.by).toEqual(harness.person);
      expect(incoming?.language).toBe(language);
    });

    test('two messages with the same words are two events', async () => {
      await harness.says('Again.');
      await harness.says('Again.');
      expect(new Set(harness.host.received.map(({ id }) => id)).size).toBe(2);
    });

    test('a verb is known by its word in either language', async () => {
      await harness.calls('pause', []);
      await harness.calls('pausa', []);
      expect(harness.host.received.map(({ act }) => act)).toEqual([
        { type: 'verb', verb: 'pause', args: {} },
        { type: 'verb', verb: 'pause', args: {} },
      ]);
    });

    test.each([
      ['an id', 'critic'],
      ['a shown name', 'Critical Thinker', 'Pensador Crítico'],
    ])('arguments arrive by name, a persona given by %s', async (_what, en, es = en) => {
      const word = language === 'es' ? 'pregunta' : 'ask';
      await harness.calls(word, [language === 'es' ? es : en, 'why is it "so", in two words?']);
      expect(harness.host.received.map(({ act }) => act)).toEqual([
        { type: 'verb', verb: 'ask', args: { persona: 'critic', question: 'why is it "so", in two words?' } },
      ]);
    });

    test('the answer to a verb reaches who asked, and is no turn of the debate', async () => {
      harness.host.answers({ text: 'Paused; **resume** when you like.' });
      await harness.calls('pause', []);
      expect((await harness.told()).join('\n')).toContain('Paused;');
      expect((await harness.seen()).map(({ text }) => text).join()).not.toContain('Paused;');
    });

    test('what the person got wrong is told in their language; the debate goes on', async () => {
      harness.host.answers(new InputError({ en: 'Nothing to pause.', es: 'No hay nada que pausar.' }));
      await harness.calls('pause', []);
      expect((await harness.told()).join('\n')).toContain(
        language === 'es' ? 'No hay nada que pausar.' : 'Nothing to pause.',
      );
      await post(1, 'doomer', 'Still here.');
      expect(await texts()).toEqual(['Still here.']);
    });

    test('a fault of ours is told without its insides', async () => {
      harness.host.answers(new Error('SELECT secret FROM table'));
      await harness.calls('pause', []);
      const told = (await harness.told()).join('\n');
      expect(told).not.toBe('');
      expect(told).not.toContain('SELECT');
    });

    test('scripts, emoji and marks of any language survive', async () => {
      const text = 'Señal, 模型, نموذج, דגם, क्षि, 👩‍🔬 and 🇪🇸.';
      await post(1, 'philosopher', text);
      expect(await texts()).toEqual([text]);
    });

    test('nothing in a text is obeyed: no control sequence, bidi override or hidden character gets through', async () => {
      await post(
        1,
        'doomer',
        'safe\u001b[2J\u001b]0;owned\u0007 \u009b31mwords\u202e txet\u2066 hid\u200bden\ufeff \u0008end',
      );
      const seen = await harness.seen();
      expect(seen).toHaveLength(1);
      expect(seen[0]?.text).not.toMatch(OBEYED);
      expect(seen[0]?.text).toMatch(/^safe.*words.*hidden.*end$/s);
    });

    test('words streamed first are seen once, as they were posted', async () => {
      const { adapter } = harness;
      const persona = debate.panel.personas[0];
      if (!persona) throw new Error('the panel is empty');
      const move = { key: 'k1', kind: 'statement', speaker: persona.id, round: 0, to: [], answers: [] } as const;
      adapter.stream?.(debate, persona, move, 'A draft nobody checked');
      adapter.unstream?.(debate, persona, move);
      adapter.stream?.(debate, persona, move, 'Checked wor');
      await adapter.post({ ...outgoing(debate, 1, persona.id, 'statement', 'Checked words.', 0, 1) });
      expect(await texts()).toEqual(['Checked words.']);
    });

    test('progress and notices are no turns of the debate', async () => {
      const { adapter } = harness;
      adapter.progress?.({ debate, turn: 1, of: 16, thinking: ['doomer'], tokens: null, elapsedMs: 0 });
      adapter.notice?.(debate, 'The budget is used up.');
      await post(1, 'doomer', 'Words.');
      expect(await texts()).toEqual(['Words.']);
    });

    test('a lost response: looking finds the message, so that it is posted once', async () => {
      const { adapter, loseNextResponse } = harness;
      const message = outgoing(debate, 1, 'doomer', 'statement', 'Only once.', 0, 1);
      if (!adapter.facts.canLook) {
        // What can't be looked for is posted again after a doubt: the platform's fact, which the core reads.
        expect(adapter.find).toBeUndefined();
        return;
      }
      expect(await adapter.find?.(message)).toBeNull();
      loseNextResponse?.();
      await expect(adapter.post(message)).rejects.toThrow();
      const found = await adapter.find?.(message);
      expect(found).toEqual(expect.any(String));
      expect(
        await adapter.find?.({
          ...message,
          key: deliveryKey(debate.id, 2, 0),
          turn: { ...message.turn, n: 2, text: 'Other.' },
          text: 'Other.',
        }),
      ).toBeNull();
      expect(await texts()).toEqual(['Only once.']);
    });

    test('the short form of a synthesis is in the channel alone, once, and is looked for there', async () => {
      const { adapter, inChannel } = harness;
      if (!adapter.facts.hasChannel) {
        expect(inChannel).toBeUndefined();
        return;
      }
      const synthesis = outgoing(debate, 1, 'coordinator', 'synthesis', 'All of it, at length.', 0, 1);
      const short = {
        ...synthesis,
        key: deliveryKey(debate.id, 1, 1),
        part: 1,
        to: 'channel',
        text: 'In short.',
      } as const;
      await adapter.post(synthesis);
      if (adapter.facts.canLook) expect(await adapter.find?.(short)).toBeNull();
      const id = await adapter.post(short);
      if (adapter.facts.canLook) expect(await adapter.find?.(short)).toBe(id);
      expect((await inChannel?.())?.filter((text) => text.includes('In short.'))).toHaveLength(1);
      expect((await texts()).join()).not.toContain('In short.');
    });

    test('a word of the program to the channel arrives once, and harmless', async () => {
      const { adapter, inChannel } = harness;
      if (!adapter.tell || !inChannel) {
        expect(adapter.tell && inChannel).toBeUndefined();
        return;
      }
      const { thread, workspace } = debate;
      const place = { adapter: adapter.name, workspace, channel: thread.channel, thread: null };
      const notice = { key: 'n1', text: 'At nine we debate\u202e **this**.', language, invites: [] };
      await adapter.tell(place, notice);
      await adapter.tell(place, notice);
      const said = (await inChannel()).filter((text) => text.includes('At nine'));
      expect(said).toHaveLength(1);
      expect(said[0]?.replaceAll('\n', ' ')).not.toMatch(OBEYED);
      expect((await texts()).join()).not.toContain('At nine');
    });

    test('a message that did not arrive is an error, and can be posted again', async () => {
      const message = outgoing(debate, 1, 'doomer', 'statement', 'At last.', 0, 1);
      if (harness.failNext) {
        harness.failNext();
        await expect(harness.adapter.post(message)).rejects.toThrow();
      }
      if (harness.adapter.facts.canLook) expect(await harness.adapter.find?.(message)).toBeNull();
      await harness.adapter.post(message);
      expect(await texts()).toEqual(['At last.']);
    });

    test('it stops twice, starts again, and hears each word once', async () => {
      await harness.adapter.stop();
      await harness.adapter.stop();
      await harness.adapter.start(harness.host);
      await post(1, 'critic', 'Back again.');
      await harness.says('Welcome back.');
      expect((await texts()).at(0)).toBe('Back again.');
      expect(harness.host.received.map(({ act }) => act)).toEqual([{ type: 'say', text: 'Welcome back.' }]);
    });
  });
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function outgoing(
  debate: Debate,
  n: number,
  speakerId: string,
  kind: Turn['kind'],
  text: string,
  part: number,
  parts: number,
): Outgoing {
  const turn: Turn = {
    n,
    key: `k${n}`,
    kind,
    public: true,
    speaker: speakerId,
    round: 0,
    text,
    repliesTo: [],
    answers: [],
    quotes: [],
    data: {},
    usage: null,
    model: null,
    at: new Date(0),
  };
  return { key: deliveryKey(debate.id, n, part), debate, article: null, turn, part, parts, to: 'thread', text };
}
