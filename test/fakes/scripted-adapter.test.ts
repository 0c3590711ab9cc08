import { describe, expect, test } from '@jest/globals';
import type { Language } from '../../src/debate.ts';
import type { Part } from '../../src/ports/store.ts';
import { type AdapterHarness, adapterContract } from '../contracts/adapter.ts';
import { emptyLog } from './dialogue.ts';
import { createRecordingHost } from './recording-host.ts';
import { samplePanel } from './sample-panel.ts';
import { ANA, createScriptedAdapter } from './scripted-adapter.ts';

async function make(language: Language, hasChannel: boolean): Promise<AdapterHarness> {
  const adapter = createScriptedAdapter({ hasChannel });
  const postedTo = (to: Part['to']) => adapter.posted.filter(({ message }) => message.to === to);
  const host = createRecordingHost(samplePanel.personas);
  return {
    adapter,
    host,
    person: ANA,
    says: (text) => adapter.receive({ type: 'say', text }, language),
    async calls(word, given) {
      const verb = host.verbs.find((each) => [each.word.en, each.word.es].includes(word));
      if (!verb) throw new Error(`no verb is called ${word}`);
      const entries = verb.args.map(async (arg, index) => {
        const value = given[index] ?? '';
        const offered = arg.choices ? await host.choices(place, arg.choices, language) : [];
        return [arg.name, offered.find((choice) => choice.name === value)?.id ?? value];
      });
      const args = Object.fromEntries(await Promise.all(entries));
      await adapter.receive({ type: 'verb', verb: verb.name, args }, language);
    },
    seen: async () => postedTo('thread'),
    ...(hasChannel && { inChannel: async () => [...postedTo('channel'), ...adapter.notes].map(({ text }) => text) }),
    told: async () => adapter.told,
    loseNextResponse: () => adapter.loseNextResponse(),
    failNext: () => adapter.failNext(),
    close: async () => {},
  };
}

const place = { adapter: 'scripted', workspace: 'local', channel: 'room', thread: 't1' };

adapterContract('the scripted adapter', (language) => make(language, false));
adapterContract('the scripted adapter with a channel', (language) => make(language, true));

describe('its script', () => {
  test('keeps streams, progress and notices apart from messages', async () => {
    const adapter = createScriptedAdapter();
    const { debate } = emptyLog();
    const persona = samplePanel.coordinator;
    const move = { key: 'k', kind: 'reply', speaker: persona.id, round: 1, to: [], answers: [] } as const;
    adapter.stream?.(debate, persona, move, 'One ');
    adapter.stream?.(debate, persona, move, 'two');
    adapter.notice?.(debate, 'Paused.');
    expect([...adapter.drafts]).toEqual([['k', 'One two']]);
    expect(adapter.notices).toEqual(['Paused.']);
    expect(adapter.posted).toEqual([]);
  });

  test('says where an act came from, and refuses one before it is started', async () => {
    const adapter = createScriptedAdapter({ canLook: false });
    await expect(adapter.receive({ type: 'say', text: 'Hello?' }, 'en')).rejects.toThrow('not started');
    expect(adapter.find).toBeUndefined();
  });
});
