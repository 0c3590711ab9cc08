/** What people are invited to do on Slack, in debates and where none is: votes, schedules, links they reacted to. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { defaultReaderSettings } from '../../src/article/read.ts';
import { ring } from '../../src/schedules/scheduler.ts';
import type { Interaction, Person, Room, SeenMessage, Team } from '../fakes/slack/index.ts';
import { type Bot, openStage, type Stage } from './stage.ts';

/** A new database takes seconds of CPU, on a busy machine many. Milliseconds. */
const PATIENCE = 120_000;
jest.setTimeout(30_000);

let stage: Stage;
let bot: Bot;
let lab: Team;
let papers: Room;
let rooms = 0;
beforeAll(async () => {
  stage = await openStage();
  bot = await stage.bot();
  lab = stage.lab;
}, PATIENCE);
afterAll(() => stage.close());
beforeEach(() => {
  rooms += 1;
  papers = lab.channel(`papers-${rooms}`);
});
afterEach(async () => {
  expect(stage.slack.violations).toEqual([]);
  for (const { id } of await stage.store.schedules.list(lab.id)) await stage.store.schedules.remove(lab.id, id);
});

const person = (locale = 'en-US', role: 'admin' | 'member' = 'admin'): Person =>
  lab.person('Ana', { locale, role, channels: [papers] });

/** The first answer that has these words. */
const answered = (asked: Interaction, words: string | RegExp): Promise<SeenMessage> =>
  stage.slack.until(() => asked.responses.find(({ text }) => new RegExp(words).test(text)));
const labels = ({ buttons }: Pick<SeenMessage, 'buttons'>) => buttons.map(({ text }) => text);

/** The alarm before its next run rings, as if that were in twenty minutes. */
async function announced(): Promise<SeenMessage> {
  const { store } = stage;
  const [schedule] = await store.schedules.list(lab.id);
  if (!schedule) throw new Error('nothing is scheduled');
  const slot = new Date(Date.now() + 20 * 60_000);
  await store.schedules.change(lab.id, schedule.id, { next: slot });
  const scheduling = {
    ...{ store, adapters: [bot.adapter], convene: bot.host.convene, reader: defaultReaderSettings },
    now: () => new Date(),
    trouble: () => undefined,
  };
  const alarm = { workspace: lab.id, schedule: schedule.id, slot, act: 'announce' } as const;
  await ring(scheduling, alarm, { isLast: true, signal: new AbortController().signal });
  return stage.slack.until(() => papers.messages.find(({ text }) => /^(?:In|En) 20 min/.test(text)));
}

describe('a schedule', () => {
  test('is made by a command and a button, announced, changed by a form and skipped by a button', async () => {
    const ana = person();
    const asked = await ana.slash(
      papers,
      '/debate',
      'schedule ahead=30 zone=Madrid "every Monday 9:00" "Is it worth it?"',
    );
    const shown = await answered(asked, 'every Monday at 9:00');
    expect(labels(shown)).toEqual(['Activate', 'Unschedule']);
    await answered(await ana.presses(shown, 'Activate'), /is active; next: Mon, .* \(Europe\/Madrid\)/);

    const note = await announced();
    expect(note.text).toMatch(/we debate Is it worth it\? here\./);
    expect(note.pings).toEqual([]);
    expect(labels(note)).toEqual(['Skip', 'Topic']);

    const ben = person('en-US', 'member');
    await answered(await ben.presses(note, 'Skip'), 'Scheduling debates here takes somebody');
    await ana.presses(note, 'Topic');
    const form = await stage.slack.until(() => ana.modal);
    expect(form.fields.map(({ label }) => label)).toEqual(['What']);
    await ana.submits(form, { What: 'Something else?' });
    await stage.slack.until(() => papers.messages.some(({ text }) => /^Ana changed the topic of/.test(text)));
    await answered(await ana.presses(note, 'Skip'), /^Skipped: /);

    ana.opensHome();
    const home = await stage.slack.until(() => ana.home);
    expect(home.text).toContain('every Monday at 9:00');
    expect(home.text).toMatch(/What is debated when[\s\S]*\/debate schedule/);
    expect(labels(home)).toEqual(expect.arrayContaining(['Schedule', 'Create']));
    await ana.presses(home, 'Schedule');
    const made = await stage.slack.until(() => ana.modal);
    expect(made.fields.map(({ label }) => label)).toEqual(expect.arrayContaining(['When', 'What', 'Where']));
    await ana.closes(made);
    await ana.presses(home, 'new');
    const begun = await stage.slack.until(() => ana.modal);
    const gate = begun.fields.find(({ label }) => label === 'Gate');
    expect(gate?.options.map(({ text }) => text)).toEqual(['Yes', 'No']);
    await ana.closes(begun);
  });

  test('speaks Spanish with who made it', async () => {
    const ana = person('es-ES');
    const asked = await ana.slash(papers, '/debate', 'programar antes=30 "cada lunes a las 9" "¿Vale la pena?"');
    const shown = await answered(asked, 'cada lunes a las 9:00');
    expect(labels(shown)).toEqual(['Activar', 'Desprogramar']);
    await ana.presses(shown, 'Activar');
    expect((await announced()).text).toMatch(/debatimos aquí ¿Vale la pena\?/);
  });
});

describe('a debate', () => {
  test('is voted on with the buttons under its opening and under its synthesis', async () => {
    const ana = person();
    await ana.slash(papers, '/debate', 'start Is it worth it?');
    const root = await stage.slack.until(() => papers.messages.find(({ buttons }) => buttons.length > 0));
    const votable = () => papers.thread(root.ts).filter((each) => labels(each).includes('Rather yes'));
    const [opening, synthesis] = await stage.slack.until(() => votable().length === 2 && votable(), 10_000);
    if (!opening || !synthesis) throw new Error('nobody is asked to vote');
    expect(labels(opening)).toEqual(['Yes', 'Rather yes', 'Undecided', 'Rather no', 'No']);
    expect(labels(synthesis)).toEqual(expect.arrayContaining(['Rather no', 'Helpful', 'Export']));
    await answered(await ana.presses(synthesis, 'Rather no'), 'Having heard the debate: 1 ');
    await answered(await ana.presses(opening, 'Yes'), 'Having heard the debate: 1 ');
    const [debate] = await stage.store.list(lab.id, 1);
    const log = await stage.store.load(lab.id, debate?.id ?? '');
    expect(log?.debate.votes?.after).toEqual([{ stance: 3, people: 1 }]);

    const thread = { adapter: 'slack', channel: papers.id, thread: root.ts };
    expect(bot.adapter.linkTo?.(lab.id, thread)).toMatch(
      new RegExp(`^https?://.*/archives/${papers.id}/p${root.ts.replace('.', '')}$`),
    );
    expect(bot.adapter.linkTo?.('TELSEWHERE', thread)).toBe(
      `https://slack.com/app_redirect?team=TELSEWHERE&channel=${papers.id}`,
    );
    expect(bot.adapter.linkTo?.(lab.id, { ...thread, thread: '' })).toBeNull();
  });
});

describe('links people reacted to', () => {
  const linked = (since = new Date(0)) => {
    const place = { adapter: 'slack', workspace: lab.id, channel: papers.id, thread: null };
    return bot.adapter.popularLinks?.(place, since);
  };

  test('come with their reactions, most first; not those of bots, nor what has no link', async () => {
    const [ana, ben] = [person(), person()];
    const once = ana.says(papers, 'Read https://example.org/once?a=1&b=2 !');
    const twice = ben.says(papers, 'https://example.org/twice, I think');
    ben.says(papers, 'https://example.org/never');
    ana.reacts(ana.says(papers, 'nothing to read here'), 'tada');
    lab.otherBot('Feeds').says(papers, 'https://example.org/feed');
    ben.reacts(once, '+1');
    ana.reacts(twice, '+1');
    ben.reacts(twice, 'tada');
    expect(await linked()).toEqual([
      { url: 'https://example.org/twice', reactions: 2 },
      { url: 'https://example.org/once?a=1&b=2', reactions: 1 },
      { url: 'https://example.org/never', reactions: 0 },
    ]);
    expect(await linked(new Date(Date.now() + 3_600_000))).toEqual([]);
  });

  test('are many, and all looked at', async () => {
    const ana = person();
    for (let n = 0; n < 250; n++) ana.says(papers, `https://example.org/${n}`);
    expect(await linked()).toHaveLength(250);
  });

  test('take a scope, which is named', async () => {
    lab.withoutScope('channels:history');
    await expect(linked()).rejects.toThrow(/I need the scope channels:history; add it/);
  });
});
