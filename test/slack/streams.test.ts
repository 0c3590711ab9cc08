/** Words as they grow: shown at once, in order, never more than was checked, whatever becomes of the stream. */
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Listener, Voice } from '../../src/ports/voice.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import type { Person, Room, SeenMessage } from '../fakes/slack/index.ts';
import { type Bot, convene, openStage, run, type Stage, TURNS, turnsIn } from './stage.ts';

/** A new database takes seconds of CPU, on a busy machine many. Milliseconds. */
const PATIENCE = 120_000;
jest.setTimeout(30_000);

let stage: Stage;
let bot: Bot;
let ana: Person;
let papers: Room;
/** What a speaker does beside saying its line. */
let perform: (listener: Listener, key: string) => Promise<void> = async () => {};
let rooms = 0;

const scripted = scriptedVoice(fairScript);
const voice: Voice = {
  kind: 'model',
  async speak(cue, listener, signal) {
    await perform(listener, cue.move.key);
    return scripted.speak(cue, { text: () => undefined, restart: () => undefined }, signal);
  },
};

beforeAll(async () => {
  stage = await openStage();
  ana = stage.lab.person('Ana');
  bot = await stage.bot({ voice });
}, PATIENCE);
afterAll(async () => {
  expect(stage.slack.violations).toEqual([]);
  await stage.close();
});
beforeEach(() => {
  rooms += 1;
  papers = stage.lab.channel(`room-${rooms}`, { members: [ana] });
  stage.slack.faults.clear();
});

const thread = (): readonly SeenMessage[] => papers.thread(papers.messages[0]?.ts ?? '');
const seen = (words: string) => stage.slack.until(() => thread().find(({ text }) => text.includes(words)));

async function held(): Promise<readonly SeenMessage[]> {
  await run(bot, await convene(bot, papers, ana));
  return thread();
}

test('first words stand there while the rest is thought of, under the speaker’s name and face', async () => {
  perform = async (listener, key) => {
    if (key !== 'statement-doomer') return;
    listener.text('The first words');
    const message = await seen('The first words');
    expect(message).toMatchObject({ author: 'AI Doomer', icon: ':volcano:', streaming: true });
    listener.text(' and more of them\n[stance: +2, confidence: 70%]');
    await seen('and more of them');
  };
  const messages = await held();
  expect(turnsIn(messages)).toHaveLength(TURNS);
  const doomer = messages.find(({ author, text }) => author === 'AI Doomer' && text.includes('turn 4'));
  expect(doomer?.text).toContain('This is what I say in statement-doomer.');
  expect(doomer?.text).not.toContain('first words');
  expect(doomer?.streamed).toBe(true);
  expect(
    stage.slack
      .calls('chat.appendStream')
      .map(({ body }) => JSON.stringify(body))
      .join(),
  ).not.toContain('stance');
});

test('who starts over is shown anew, and nothing twice', async () => {
  perform = async (listener, key) => {
    if (key !== 'statement-critic') return;
    listener.text('A wrong beginning');
    await seen('A wrong beginning');
    listener.restart();
    listener.text('A better one');
    await seen('A better one');
    expect(thread().some(({ text }) => text.includes('wrong beginning'))).toBe(false);
  };
  const messages = await held();
  expect(messages.filter(({ author }) => author === 'Critical Thinker')).toHaveLength(2);
  expect(turnsIn(messages)).toHaveLength(TURNS);
});

test('a stream that ran out or that somebody stopped costs nothing but the growing', async () => {
  perform = async (listener, key) => {
    if (key !== 'statement-newcomer') return;
    listener.text('Words that');
    await seen('Words that');
    stage.slack.clock.advance(6 * 60_000);
    listener.text(' come too late');
  };
  const messages = await held();
  expect(turnsIn(messages)).toHaveLength(TURNS);
  expect(messages.filter(({ author }) => author === 'AI Newcomer')).toHaveLength(1);
});

test('where Slack does not let words grow the turns are posted whole', async () => {
  stage.slack.faults.on('chat.startStream', { kind: 'refuse', error: 'channel_type_not_supported' }, { times: 50 });
  perform = async (listener) => listener.text('Unseen');
  const messages = await held();
  expect(turnsIn(messages)).toHaveLength(TURNS);
  expect(messages.some(({ text }) => text.includes('Unseen'))).toBe(false);
});

test('of whoever speaks when too many words grow already, the first ones stand there until the turn is complete', async () => {
  const hurried = await stage.bot({ voice, minute: 600 });
  perform = async (listener) => listener.text('These words are long enough to be worth a look at them.');
  for (let debates = 0; debates < 3; debates++) await run(hurried, await convene(hurried, papers, ana));
  perform = async (listener, key) => {
    if (key !== 'statement-critic') return;
    listener.text('These words are long enough to be worth a look at them.');
    const shown = await stage.slack.until(() =>
      papers.thread(papers.messages.at(-1)?.ts ?? '').find(({ text }) => text.includes('worth a look')),
    );
    expect(shown).toMatchObject({ author: 'Critical Thinker', streamed: false });
  };
  await run(hurried, await convene(hurried, papers, ana));
  await hurried.stop();
  const roots = papers.messages.filter(({ icon }) => icon === null);
  expect(roots).toHaveLength(4);
  for (const { ts } of roots) {
    expect(turnsIn(papers.thread(ts))).toHaveLength(TURNS);
    expect(papers.thread(ts).some(({ text }) => text.includes('worth a look'))).toBe(false);
  }
});

test('nothing said while it grows mentions anybody', async () => {
  perform = async (listener, key) => {
    if (key === 'statement-doomer') {
      listener.text(`<!channel> @channel <@${ana.id}> look`);
      await seen('look');
    }
  };
  const messages = await held();
  expect(messages.flatMap(({ pings }) => pings)).toEqual([]);
});

test('speakers at once: one grows at a time, and messages stand in the order of their turns', async () => {
  const { adapter } = bot;
  perform = async () => {};
  const debate = await convene(bot, papers, ana);
  const [first, second] = debate.panel.personas;
  if (!first || !second) throw new Error('the panel is empty');
  const move = (id: string) =>
    ({ key: `m-${id}`, kind: 'statement', speaker: id, round: 0, to: [], answers: [] }) as const;
  adapter.stream?.(debate, first, move(first.id), 'The slow one begins');
  adapter.stream?.(debate, second, move(second.id), 'The quick one begins');
  await seen('The slow one begins');
  expect(thread().some(({ text }) => text.includes('The quick one'))).toBe(false);
  const post = (n: number, persona: typeof first, text: string) =>
    adapter.post({
      key: `${debate.id}:${n}:0`,
      debate,
      article: null,
      turn: {
        n,
        key: `m-${persona.id}`,
        kind: 'statement',
        public: true,
        speaker: persona.id,
        round: 0,
        text,
        repliesTo: [],
        answers: [],
        quotes: [],
        data: {},
        usage: null,
        model: null,
        at: new Date(),
      },
      part: 0,
      parts: 1,
      to: 'thread',
      text,
    });
  await post(1, second, 'The quick one is done.');
  await seen('The slow one begins');
  await post(2, first, 'The slow one is done.');
  const words = thread().filter(({ icon }) => icon !== null);
  expect(turnsIn(words)).toEqual(['1', '2']);
  expect(words.map(({ author }) => author)).toEqual([second.name.en, first.name.en]);
});
