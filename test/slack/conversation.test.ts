/** What people do on Slack, as dialogue, and what they see: by socket and over HTTP. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pdf } from '../article/pdfs.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import type { Person, Room, SeenMessage, Team } from '../fakes/slack/index.ts';
import { answer, startWebServer, type WebServer } from '../fakes/web-server.ts';
import { type Bot, eventually, openStage, type Stage, TURNS, turnsIn } from './stage.ts';

/** A new database takes seconds of CPU, on a busy machine many. Milliseconds. */
const PATIENCE = 120_000;
jest.setTimeout(30_000);

let stage: Stage;
let bot: Bot;
let lab: Team;
let papers: Room;
/** Statements wait for it. */
let pace: Promise<void> = Promise.resolve();
let rooms = 0;

beforeAll(async () => {
  stage = await openStage();
  lab = stage.lab;
}, PATIENCE);
afterAll(() => stage.close());
beforeEach(() => {
  rooms += 1;
  papers = lab.channel(`papers-${rooms}`);
});
afterEach(() => {
  pace = Promise.resolve();
  stage.slack.faults.clear();
  expect(stage.slack.violations).toEqual([]);
});

const voice = scriptedVoice(async (cue) => {
  if (cue.move.kind === 'statement') await pace;
  return fairScript(cue);
});
const person = (name: string, locale = 'en-US', role: 'admin' | 'member' = 'member'): Person =>
  lab.person(name, { locale, role, channels: [papers] });

const article = () =>
  pdf((doc) => {
    doc.fontSize(16).text('Cold rooms grow better seedlings').fontSize(10);
    for (let line = 0; line < 30; line++) {
      doc.text(`Finding ${line} of the trial is that seedlings in cold rooms grew steadily over ${line + 2} weeks.`);
    }
  });
const upload = async (name = 'cold.pdf') => ({ name, contentType: 'application/pdf', bytes: await article() });

/** The thread in which a debate is held, and over. */
async function concluded(root: { readonly ts: string }, room = papers): Promise<readonly SeenMessage[]> {
  return stage.slack.until(() => {
    const thread = room.thread(root.ts);
    const isOver = thread.some(({ text }) => /(?:concluded|concluido) ·/.test(text));
    return isOver && turnsIn(thread).length === TURNS && thread;
  }, 10_000);
}

/** What only they were told so far. */
const told = (who: Person) => who.ephemerals.map(({ text }) => text).join('\n');

function holdUp(): () => void {
  const held = Promise.withResolvers<void>();
  pace = held.promise;
  return () => {
    pace = Promise.resolve();
    held.resolve();
  };
}

describe.each(['socket', 'http'] as const)('by %s', (way) => {
  beforeAll(async () => {
    bot = await stage.bot({ way, voice });
  });
  afterAll(() => bot.stop());

  test.each([
    ['en-US', 'debate this', 'turn', 'Scientific Reviewer'],
    ['es-ES', 'debate esto', 'turno', 'Revisor Científico'],
  ])(
    'a mention with a PDF (%s): the panel’s voices in its thread, the outcome in the channel',
    async (locale, words, turn, name) => {
      const ana = person('Ana', locale);
      const question =
        locale === 'es-ES' ? '¿Merece la pena enfriar todos los viveros?' : 'Should every nursery be cold?';
      const asked = ana.mentions(papers, `${words}: ${question}`, { files: [await upload()] });
      const thread = await concluded(asked);
      const voices = new Set(thread.filter(({ icon }) => icon !== null).map(({ author }) => author));
      expect(voices.size).toBe(5);
      expect(voices).toContain(name);
      expect(thread.at(-1)?.text).toContain(`${turn} ${TURNS}`);
      const outcome = papers.messages.at(-1);
      expect(outcome?.links.some(({ url }) => url.includes(asked.ts.replace('.', '')))).toBe(true);
      expect([...thread, ...papers.messages].flatMap(({ pings, byBot }) => (byBot ? pings : []))).toEqual([]);
      expect([...thread, ...papers.messages].filter(({ unfurls, byBot }) => byBot && unfurls)).toEqual([]);
      expect(stage.slack.calls('chat.startStream').length).toBeGreaterThan(0);
    },
  );

  test('a mention with a link in a channel', async () => {
    const web = await page();
    const asked = person('Ana').mentions(papers, `${web.url}/page is it right?`);
    const thread = await concluded(asked);
    expect(turnsIn(thread)).toHaveLength(TURNS);
    await web.close();
  });

  test('a mention in a thread: what was said and shared there is the material, and it is debated there', async () => {
    const [ana, ben] = [person('Ana'), person('Ben')];
    const root = ana.says(papers, 'We should read this. It says that cold rooms are better for seedlings.', {
      files: [await upload()],
    });
    ben.says(papers, 'I doubt it. The trial had only one nursery, and nobody paid for the cold.', { thread: root });
    ana.says(papers, 'Then let us ask the panel.', { thread: root });
    ben.mentions(papers, 'is the trial convincing?', { thread: root });
    await concluded(root);
    const [debate] = await stage.store.list(lab.id, 1);
    const log = debate && (await stage.store.load(lab.id, debate.id));
    expect(log?.article?.text).toContain('Finding 12 of the trial');
    expect(log?.article?.text).toContain('Ben: I doubt it.');
    expect(log?.article?.text).not.toContain('is the trial convincing');
  });

  test.each([
    ['en-US', 'start', 'begins', 'Pause'],
    ['es-ES', 'empezar', 'Empieza', 'Pausar'],
  ])('/debate %s: a thread opens in the channel, with buttons', async (locale, word, begins, pause) => {
    const ana = person('Ana', locale);
    const release = holdUp();
    const asked = await ana.slash(papers, '/debate', `${word} language=${locale.slice(0, 2)} Is it worth it?`);
    expect(asked.failed).toBe(false);
    const opening = await stage.slack.until(() => papers.messages.find(({ buttons }) => buttons.length > 0));
    await stage.slack.until(() => asked.responses.some(({ text }) => text.includes(begins)));
    const pressed = await ana.presses(opening, pause);
    await stage.slack.until(() => pressed.responses.length > 0);
    release();
    await stage.slack.until(() => papers.message(opening.ts).text.includes(locale === 'es-ES' ? 'en pausa' : 'paused'));
    await ana.presses(papers.message(opening.ts), locale === 'es-ES' ? 'Reanudar' : 'Resume');
    await concluded(opening);
  });

  test('/debate alone is a form, with everything there is to choose', async () => {
    const ana = person('Ana');
    const asked = await ana.slash(papers, '/debate');
    expect(asked.failed).toBe(false);
    const modal = await stage.slack.until(() => ana.modal);
    expect(modal.fields.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Question', 'Panel', 'Format', 'File']),
    );
    await ana.submits(modal, { Question: 'Is it worth it?' });
    const opening = await stage.slack.until(() => papers.messages.find(({ buttons }) => buttons.length > 0));
    await concluded(opening);
  });

  test('/debate help, a slip and an unknown word are answered to who asked, in their language', async () => {
    const eva = person('Eva', 'es-ES');
    const asked = await eva.slash(papers, '/debate', 'ayuda');
    await stage.slack.until(() => asked.responses.some(({ text }) => text.includes('/debate empezar')));
    const slip = await eva.slash(papers, '/debate', 'pausr');
    await stage.slack.until(() => slip.responses.some(({ text }) => text.includes('«pausar»')));
    const nothing = await eva.slash(papers, '/debate', 'pausar');
    await stage.slack.until(() => nothing.responses.some(({ text }) => text.includes('no hay ningún debate')));
    expect(papers.messages).toEqual([]);
  });

  test('"Debate this" on a message debates its words, in its thread', async () => {
    const ana = person('Ana');
    const said = ana.says(
      papers,
      'Every nursery should be cold, because seedlings grow steadily there. Nobody has counted the cost yet.',
    );
    const asked = await ana.messageShortcut(said, 'debate_this');
    expect(asked.failed).toBe(false);
    await concluded(said);
  });

  test('the global shortcut asks where', async () => {
    const ana = person('Ana');
    await ana.shortcut('debate_start');
    const modal = await stage.slack.until(() => ana.modal);
    await ana.submits(modal, { Question: 'Is it worth it?', Where: papers.id });
    await concluded(await stage.slack.until(() => papers.messages.find(({ buttons }) => buttons.length > 0)));
  });

  test('a direct message with a PDF is debated under it; words alone are answered', async () => {
    const ana = person('Ana');
    const hello = ana.says(ana.dm, 'hello there');
    await stage.slack.until(() => ana.dm.thread(hello.ts).some(({ text }) => text.includes('Give me a link')));
    const asked = ana.says(ana.dm, 'Is it right?', { files: [await upload()] });
    await concluded(asked, ana.dm);
  });

  test('the assistant suggests what to ask, and does it', async () => {
    const ana = person('Ana', 'es-ES');
    const thread = ana.opensAssistant(papers);
    const prompts = await stage.slack.until(() => ana.prompts(thread).length > 0 && ana.prompts(thread));
    const look = prompts.find(({ message }) => message === 'personas');
    if (!look) throw new Error(`no such prompt: ${JSON.stringify(prompts)}`);
    ana.says(ana.dm, look.message, { thread });
    await stage.slack.until(() => ana.dm.thread(thread.ts).some(({ text }) => text.includes('AI Doomer')));
  });

  test('the home page has debates, and settings for who may see them', async () => {
    const [ana, boss] = [person('Ana'), person('Boss', 'es-ES', 'admin')];
    ana.opensHome();
    const home = await stage.slack.until(() => ana.home);
    expect(home.text).toContain('concluded');
    expect(home.text).toContain('Only an admin');
    boss.opensHome();
    expect((await stage.slack.until(() => boss.home)).text).toContain('Ajustes');
    await boss.presses(boss.home, 'new');
    expect((await stage.slack.until(() => boss.modal)).fields.map(({ label }) => label)).toContain('Pregunta');
  });

  test('people take part: words, a question by name, a button that asks, verbs after a mention', async () => {
    const [ana, ben] = [person('Ana'), person('Ben')];
    const release = holdUp();
    await ana.slash(papers, '/debate', 'start Is it worth it?');
    const opening = await stage.slack.until(() => papers.messages.find(({ buttons }) => buttons.length > 0));
    const said = ben.says(papers, 'What does it cst in energy?', { thread: opening });
    ben.says(papers, 'Never mind this.', { thread: opening });
    ben.edits(said, 'What does it cost in energy?');
    ben.deletes(papers.thread(opening.ts).findLast(({ text }) => text === 'Never mind this.') ?? said);
    ana.mentions(papers, 'ask doomer how likely is that?', { thread: opening });
    await stage.slack.until(() => told(ana).includes('AI Doomer answers next'));
    await ana.presses(papers.message(opening.ts), 'Ask');
    const modal = await stage.slack.until(() => ana.modal);
    await ana.submits(modal, { Persona: 'critic', Question: 'And what is hidden?' });
    await stage.slack.until(() => told(ana).includes('Critical Thinker answers next'));
    await stage.slack.settled();
    release();
    const thread = await stage.slack.until(() => {
      const all = papers.thread(opening.ts);
      return all.some(({ text }) => /concluded ·/.test(text)) && all;
    }, 10_000);
    const [debate] = await stage.store.list(lab.id, 1);
    const log = debate && (await stage.store.load(lab.id, debate.id));
    const people = log?.turns.filter(({ speaker }) => speaker === 'human').map(({ text }) => text);
    expect(people).toEqual([
      'What does it cost in energy?',
      '(withdrawn)',
      'how likely is that?',
      'And what is hidden?',
    ]);
    expect(thread.some(({ text }) => text.includes('Never mind'))).toBe(false);
  });

  test('who may not steer is told who may; user groups are roles', async () => {
    const [ana, ben, boss] = [person('Ana'), person('Ben'), person('Boss', 'en-US', 'admin')];
    lab.group(`editors-${way}`, [ben]);
    const release = holdUp();
    await ana.slash(papers, '/debate', 'start Is it worth it?');
    const opening = await stage.slack.until(() => papers.messages.find(({ buttons }) => buttons.length > 0));
    const refused = await person('Cleo').presses(opening, 'Pause');
    await stage.slack.until(() => refused.responses.some(({ text }) => text.includes('Only whoever opened')));
    const set = await boss.slash(papers, '/debate', `settings steer=editors-${way}`);
    await stage.slack.until(() => set.responses.some(({ text }) => text.includes(`editors-${way}`)));
    const paused = await ben.presses(papers.message(opening.ts), 'Pause');
    await stage.slack.until(() => paused.responses.some(({ text }) => text.includes('Paused')));
    const reset = await boss.slash(papers, '/debate', 'settings steer=none');
    await stage.slack.until(() => reset.responses.length > 0);
    release();
    await ana.slash(papers, '/debate', 'resume');
    await concluded(opening);
  });

  test('three deliveries of one event act once', async () => {
    const ana = person('Ana');
    const before = (await stage.store.list(lab.id, 500)).length;
    stage.slack.events.duplicate(3);
    const asked = ana.mentions(papers, 'is it worth it?', { files: [await upload()] });
    const thread = await concluded(asked);
    expect((await stage.store.list(lab.id, 500)).length).toBe(before + 1);
    stage.slack.events.duplicate(3);
    ana.mentions(papers, 'round', { thread: asked });
    const more = await stage.slack.until(() => {
      const now = papers.thread(asked.ts);
      return (
        turnsIn(now).length > turnsIn(thread).length &&
        /concluded ·/.test(now.map(({ text }) => text).join('\n')) &&
        now
      );
    });
    expect(turnsIn(more).length).toBeGreaterThan(TURNS);
    const [debate] = await stage.store.list(lab.id, 1);
    expect((await stage.store.load(lab.id, debate?.id ?? ''))?.debate.limits.rounds).toBe(2);
  });

  test('a channel the bot is not in is named before anything is read; public ones it joins', async () => {
    const ana = person('Ana');
    const closed = lab.channel(`closed-${way}`, { private: true, bot: false, members: [ana] });
    const refused = await ana.slash(closed, '/debate', 'start Is it worth it?');
    await stage.slack.until(() => refused.responses.some(({ text }) => text.includes('/invite')));
    const open = lab.channel(`open-${way}`, { bot: false, members: [ana] });
    await ana.slash(open, '/debate', 'start Is it worth it?');
    await concluded(await stage.slack.until(() => open.messages.find(({ buttons }) => buttons.length > 0)), open);
  });

  test('bots are nobody to talk with, and what else is said in channels is let be', async () => {
    const ana = person('Ana');
    const other = lab.otherBot('Other');
    ana.says(papers, 'Nothing for the panel.');
    other.says(papers, `<@${lab.bot.userId}> debate https://example.org/x`);
    await stage.slack.settled();
    expect(papers.messages).toHaveLength(2);
    expect(told(ana)).toBe('');
  });

  test('an export is sent to who asked, and who found it of use may say so', async () => {
    const ana = person('Ana');
    await ana.slash(papers, '/debate', 'start Is it worth it?');
    const opening = await stage.slack.until(() => papers.messages.find(({ buttons }) => buttons.length > 0));
    await concluded(opening);
    await ana.presses(papers.message(opening.ts), 'Export');
    const file = await eventually(() => ana.dm.messages.flatMap(({ files }) => files).at(-1));
    expect(file.name).toMatch(/\.md$/);
    const synthesis = papers
      .thread(opening.ts)
      .findLast(({ buttons }) => buttons.some(({ text }) => text === 'Helpful'));
    const rated = await ana.presses(synthesis ?? null, 'Helpful');
    await stage.slack.until(
      () => rated.responses.some(({ text }) => text.includes('noted')) || told(ana).includes('noted'),
    );
    const asked = await ana.slash(papers, '/debate', 'status');
    await stage.slack.until(() => asked.responses.some(({ text }) => text.includes('👍 1 · 👎 0')));
  });
});

const PAGE = `<html><head><title>Cold rooms</title></head><body><h1>Cold rooms</h1>${'<p>Seedlings in cold rooms grew steadily over weeks, and nobody has counted what the cold costs a nursery.</p>'.repeat(30)}</body></html>`;

function page(): Promise<WebServer> {
  return startWebServer({ '/page': answer(PAGE, { type: 'text/html' }) });
}
