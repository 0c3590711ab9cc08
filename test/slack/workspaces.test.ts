/** Many workspaces: let in by OAuth, thrown out again, and each of them alone with what is its own. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import type { Place } from '../../src/ports/host.ts';
import type { Store } from '../../src/ports/store.ts';
import { verbs } from '../../src/verbs/registry.ts';
import type { Person, Room, SeenMessage, Team } from '../fakes/slack/index.ts';
import { type Bot, eventually, openStage, type Stage, TURNS, turnsIn } from './stage.ts';

/** A new database takes seconds of CPU, on a busy machine many. Milliseconds. */
const PATIENCE = 120_000;
jest.setTimeout(30_000);

let stage: Stage;
let bot: Bot;
beforeAll(async () => {
  stage = await openStage();
  bot = await stage.bot({ way: 'oauth' });
}, PATIENCE);
afterAll(() => stage.close());
afterEach(() => expect(stage.slack.violations).toEqual([]));

async function installed(name: string): Promise<{ team: Team; ana: Person; papers: Room }> {
  const team = stage.slack.team(name, { channels: ['papers'], installed: false });
  const ana = team.person('Ana', { role: 'owner' });
  const page = await ana.installs(`${bot.url}/slack/install`);
  expect(page.status).toBe(200);
  const papers = team.room('papers');
  ana.invites(papers);
  return { team, ana, papers };
}

async function debated(ana: Person, papers: Room): Promise<readonly SeenMessage[]> {
  const asked = await ana.slash(papers, '/debate', 'start Is it worth it?');
  expect(asked.failed).toBe(false);
  const opening = await stage.slack.until(() => papers.messages.find(({ buttons }) => buttons.length > 0));
  return stage.slack.until(() => {
    const thread = papers.thread(opening.ts);
    return /concluded ·/.test(thread[0]?.text ?? '') && thread;
  }, 10_000);
}

describe('installing', () => {
  test('by OAuth, a debate, and thrown out again: nothing of the token is left, and what is under way breaks off', async () => {
    const { team, ana, papers } = await installed('Guests');
    expect(turnsIn(await debated(ana, papers))).toHaveLength(TURNS);
    expect(await stage.store.installations.find('slack', team.id)).not.toBeNull();
    const [debate] = await stage.store.list(team.id, 1);
    await stage.store.change(team.id, debate?.id ?? '', { status: 'running' });
    ana.uninstalls();
    await eventually(async () => (await stage.store.installations.find('slack', team.id)) === null);
    await stage.slack.settled();
    expect((await stage.store.list(team.id, 9)).filter(({ status }) => status === 'running')).toEqual([]);
    const failure = await bot.runner.run(team.id, debate?.id ?? '').then(String, (error: unknown) => error);
    expect(failure).toBe('failed');
    // Let in again, what was debated is there.
    await ana.installs(`${bot.url}/slack/install`);
    ana.invites(papers);
    const listed = await ana.slash(papers, '/debate', 'list');
    await stage.slack.until(() => listed.responses.some(({ text }) => text.includes(debate?.id ?? 'none')));
  });

  test('a token that is revoked is cleared away, too', async () => {
    const { team, ana } = await installed('Revokers');
    ana.revokes();
    await eventually(async () => (await stage.store.installations.find('slack', team.id)) === null);
  });

  test('cancelled, or with a forged state, nothing is kept', async () => {
    const team = stage.slack.team('Shy', { channels: ['papers'], installed: false });
    const ana = team.person('Ana', { role: 'owner' });
    await ana.installs(`${bot.url}/slack/install`, 'cancel');
    const forged = await fetch(`${bot.url}/slack/oauth_redirect?code=x&state=forged`);
    expect(forged.status).toBeGreaterThanOrEqual(400);
    expect(await stage.store.installations.find('slack', team.id)).toBeNull();
  });

  test('one organisation serves its workspaces, and leaves with all of them', async () => {
    const org = stage.slack.enterprise('Acme');
    const [one, two] = [
      org.team('One', { channels: ['papers'], installed: false }),
      org.team('Two', { channels: ['papers'], installed: false }),
    ];
    const ana = one.person('Ana', { role: 'owner' });
    await ana.installs(`${bot.url}/slack/install`, { org: true });
    const ben = two.person('Ben');
    ana.invites(one.room('papers'));
    ben.invites(two.room('papers'));
    expect(turnsIn(await debated(ana, one.room('papers')))).toHaveLength(TURNS);
    expect(turnsIn(await debated(ben, two.room('papers')))).toHaveLength(TURNS);
    ana.uninstalls();
    for (const team of [one, two]) {
      await eventually(async () => (await stage.store.installations.find('slack', team.id)) === null);
    }
  });
});

describe('what comes over HTTP', () => {
  test('is heard only when Slack signed it, a moment ago', async () => {
    const { ana, papers } = await installed('Signed');
    stage.slack.skewSignatures(-600);
    const late = await ana.slash(papers, '/debate', 'list');
    expect(late.failed).toBe(true);
    stage.slack.skewSignatures(0);
    const forged = await fetch(`${bot.url}/slack/events`, {
      method: 'POST',
      body: 'command=/debate&text=list',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-signature': 'v0=00',
        'x-slack-request-timestamp': '1',
      },
    });
    expect(forged.status).toBe(401);
  });
});

describe('two workspaces at once', () => {
  let here: Awaited<ReturnType<typeof installed>>;
  let there: typeof here;
  beforeAll(async () => {
    here = await installed('Here');
    there = await installed('There');
    await Promise.all([debated(here.ana, here.papers), debated(there.ana, there.papers)]);
  }, PATIENCE);

  test('each has its own debate, under its own token', async () => {
    expect(await stage.store.list(here.team.id, 9)).toHaveLength(1);
    expect(await stage.store.list(there.team.id, 9)).toHaveLength(1);
    expect(
      turnsIn(here.papers.thread(here.papers.messages.find(({ buttons }) => buttons.length > 0)?.ts ?? '')),
    ).toHaveLength(TURNS);
  });

  /** Every call of the store about one debate, by somebody of another workspace. */
  const CALLS: Readonly<
    Record<string, (store: Store, workspace: string, id: string, place: Place) => Promise<unknown>>
  > = {
    load: (store, workspace, id) => store.load(workspace, id),
    refresh: (store, workspace, id) => store.refresh(workspace, id, 0),
    findByThread: (store, workspace, _id, { thread, ...place }) =>
      store.findByThread(workspace, { ...place, thread: thread ?? '' }),
    findInChannel: (store, workspace, _id, place) => store.findInChannel(workspace, place),
    findByOrigin: (store, workspace, id) => store.findByOrigin(workspace, id),
    findArticle: (store, workspace) => store.findArticle(workspace, 'any'),
    searchPassages: (store, workspace) => store.searchPassages(workspace, 'any', 'cost', 5),
    owed: (store, workspace, id) => store.owed(workspace, id),
    ratings: (store, workspace, id) =>
      store.ratings(workspace, id).then(({ helpful, unhelpful }) => (helpful + unhelpful === 0 ? null : 'some')),
    findDraft: (store, workspace, id) => store.findDraft(workspace, id, 'opening'),
    settle: async (store, workspace, id) => {
      const seen = await store.load(here.team.id, id);
      return seen && store.settle(workspace, id, seen, { status: 'failed' });
    },
    searchConclusions: async (store, workspace, id) =>
      (await store.searchConclusions(workspace, 'worth it', 'en', 5)).filter((each) => each.id === id),
    breakOff: (store, workspace) => store.breakOff(workspace, 'slack', 'gone').then(() => null),
    amendTurn: (store, workspace, id) => store.amendTurn(workspace, id, 'opening', 'withdrawn', 'x'),
  };
  const REFUSED: Readonly<Record<string, (store: Store, workspace: string, id: string) => Promise<unknown>>> = {
    castVote: (store, workspace, id) => store.castVote(workspace, id, { voter: 'ana', phase: 'before', stance: 1 }),
    rate: (store, workspace, id) => store.rate(workspace, id, 'ana', true),
    change: (store, workspace, id) => store.change(workspace, id, { status: 'failed' }),
    posting: (store, workspace, id) => store.posting(workspace, id, `${id}:1:0`),
    posted: (store, workspace, id) => store.posted(workspace, id, `${id}:1:0`, 'm'),
    saveDraft: (store, workspace, id) =>
      store.saveDraft(workspace, id, 'opening', { text: 'x', usage: null, model: null }),
    saveTurn: (store, workspace, id) =>
      store.load(here.team.id, id).then((log) => {
        const [turn] = log?.turns ?? [];
        if (!turn) throw new Error('there are no turns');
        return store.saveTurn(workspace, id, turn, [], 'pending');
      }),
  };

  test('no call of the store shows one what is the other’s, or changes it', async () => {
    const { store } = stage;
    const [debate] = await store.list(here.team.id, 1);
    const id = debate?.id ?? '';
    const before = await store.load(here.team.id, id);
    const { thread } = before?.debate ?? {};
    if (!thread) throw new Error('there is no debate');
    const place = { ...thread, workspace: there.team.id };
    for (const [name, call] of Object.entries(CALLS)) {
      const found = await call(store, there.team.id, id, place);
      expect([name, found === false || found === null || (Array.isArray(found) && found.length === 0)]).toEqual([
        name,
        true,
      ]);
    }
    for (const [name, call] of Object.entries(REFUSED)) {
      const refused = await call(store, there.team.id, id).then(
        () => false,
        () => true,
      );
      expect([name, refused]).toEqual([name, true]);
    }
    expect(await store.load(here.team.id, id)).toEqual(before);
    // Whoever adds a call to the store adds it here.
    const WITH_A_CONTRACT = ['close', 'inbox', 'installations', 'schedules'];
    const TEAM = ['team', 'savePersona', 'savePanel', 'setDisabled'];
    const OF_A_WORKSPACE = [...TEAM, 'list', 'settings', 'saveSettings', 'spentSince', 'saveArticle', 'createDebate'];
    const known = [...Object.keys(CALLS), ...Object.keys(REFUSED), ...WITH_A_CONTRACT, ...OF_A_WORKSPACE];
    expect(Object.keys(store).filter((name) => !known.includes(name))).toEqual([]);
  });

  test.each(verbs.map(({ name }) => [name]))('"%s" reaches nothing of another workspace', async (name) => {
    const { store } = stage;
    const [debate] = await store.list(here.team.id, 1);
    const before = await store.load(here.team.id, debate?.id ?? '');
    const verb = verbs.find((each) => each.name === name);
    const { thread } = before?.debate ?? {};
    if (!verb || !thread) throw new Error('there is no debate');
    const fitting = { persona: 'critic', question: 'Why?' } as const;
    const valueFor = ({ name: each, choices, options, required }: (typeof verb.args)[number]) =>
      choices === 'debates'
        ? (debate?.id ?? '')
        : required
          ? (options?.[0]?.id ?? Object.entries(fitting).find(([key]) => key === each)?.[1] ?? 'yes')
          : '';
    const given = Object.fromEntries(verb.args.map((argument) => [argument.name, valueFor(argument)]));
    const incoming = {
      id: `trespass-${name}`,
      by: { id: there.ana.id, name: 'Ana', admin: true, roles: [] },
      place: { ...thread, workspace: there.team.id },
      language: 'en',
      act: { type: 'verb', verb: name, args: given },
    } as const;
    const reply = await bot.host.receive(incoming).then(
      ({ text, attachment }) => `${text}${attachment?.content ?? ''}`,
      (error: unknown) => (error instanceof InputError ? error.message : Promise.reject(error)),
    );
    // It may name what was asked for; of what is in it nothing is told.
    expect(reply.replaceAll(debate?.id ?? 'none', '')).not.toContain('This is what I say');
    if (verb.when) expect(reply).toMatch(/There is no debate|No debate is held here/);
    if (name === 'list') expect(reply).not.toContain(`**${debate?.id}**`);
    expect(await store.load(here.team.id, debate?.id ?? '')).toEqual(before);
  });
});
