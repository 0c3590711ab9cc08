/** Debates on Slack: a thread each, personas under their own names, people by mentions, commands, buttons and words. */
import { HTTPReceiver } from '@slack/bolt';
import type { Debate } from '../../src/debate.ts';
import { createInTurn } from '../../src/in-turn.ts';
import type { Adapter } from '../../src/ports/adapter.ts';
import type { Host } from '../../src/ports/host.ts';
import { createApp, createReceiver, listen, startApp } from './app.ts';
import { popularLinks, tell } from './channel.ts';
import { clientsFor, patiently } from './clients.ts';
import { type Connection, placeKey, type SlackOptions, type Workspace } from './connection.ts';
import { NAME } from './decode.ts';
import { PROSE, plain, QUIET, splitTurn } from './encode.ts';
import type { KeepingApp } from './keeping.ts';
import { metadataOf } from './own.ts';
import { createPeople } from './people.ts';
import { mustBeAllowed, openThread, threadAddress } from './places.ts';
import { findTurn, postTurn } from './post.ts';
import { createStatusBoard, encodeStanding, type StatusBoard } from './status.ts';
import { createStreams, type Streams } from './streams.ts';
import { WORDS } from './words.ts';
import { createWorkspaces, identify } from './workspaces.ts';

interface Live {
  readonly app: KeepingApp;
  readonly hangUp: () => Promise<void>;
  readonly connection: Connection;
  readonly board: StatusBoard;
  readonly streams: Streams;
}

export function createSlack(options: SlackOptions): Adapter {
  const debates = new Map<string, Debate>();
  let live: Live | null = null;
  let notices = 0;

  const now = (): Live => {
    if (live) return live;
    throw new Error('Slack is not connected');
  };
  const seen = (debate: Debate) => void debates.set(placeKey(debate.thread), debate);

  return {
    name: NAME,
    facts: { maxLength: PROSE, canLook: true, hasChannel: true },
    async start(host) {
      live = await goLive(options, host, debates);
    },
    async stop() {
      const was = live;
      live = null;
      // What is heard from now on would be lost; what was heard is seen to.
      await was?.hangUp();
      await was?.app.settle();
      await was?.streams.close();
      await was?.board.close();
    },
    async prepare(place) {
      const { connection } = now();
      await mustBeAllowed(await connection.workspace(place.workspace), place);
    },
    async openThread(debate, title) {
      const { connection, board } = now();
      const standing = { debate, status: debate.status, title, progress: null };
      const thread = await openThread(connection, debate, encodeStanding(standing, connection.host.verbs));
      const held = { ...debate, thread };
      seen(held);
      board.opened({ ...standing, debate: held });
      return thread;
    },
    split: splitTurn,
    async post(message) {
      const { connection, streams } = now();
      seen(message.debate);
      return postTurn(connection, streams, message);
    },
    find: (message) => findTurn(now().connection, now().streams, message),
    stream(debate, speaker, move, delta) {
      live?.streams.append(debate, speaker, move, delta);
    },
    unstream(debate, _speaker, move) {
      live?.streams.retract(debate, move);
    },
    progress(progress) {
      const { debate, turn } = progress;
      seen(debate);
      live?.streams.begin(debate, turn);
      live?.board.show(debate, { status: debate.status, progress });
    },
    notice(debate, text) {
      if (!live) return;
      notices += 1;
      const { connection } = live;
      note(connection, debate, text, `${debate.id}:notice:${notices}:${Date.now()}`).catch((error: unknown) =>
        connection.log('a notice could not be posted', { workspace: debate.workspace, debate: debate.id }, error),
      );
    },
    rested(debate, status) {
      if (!live) return;
      const { streams, board, connection } = live;
      streams
        .end(debate)
        .catch((error: unknown) =>
          connection.log('unfinished words still stand there', { workspace: debate.workspace }, error),
        );
      board.line(debate, null);
      board.show({ ...debate, status }, { status });
    },
    tell: (place, notice) => tell(now().connection, place, notice),
    popularLinks: (place, since) => popularLinks(now().connection, place, since),
    linkTo: (workspace, thread) => threadAddress(live?.connection.homeOf(workspace) ?? null, workspace, thread),
    async roleName(workspace, role) {
      const { connection } = now();
      const groups = await connection.people.groups(await connection.workspace(workspace));
      return groups.find(({ id }) => id === role)?.name ?? role;
    },
  };
}

async function goLive(options: SlackOptions, host: Host, debates: Map<string, Debate>): Promise<Live> {
  const { access, apiUrl, log } = options;
  // A wrong token is told apart from a network that is down.
  const identity = access.kind === 'token' ? await identify(clientsFor(access.botToken, apiUrl, log), apiUrl) : null;
  const receiver = createReceiver(options, host);
  const app = createApp(receiver, options, identity, host.inbox);
  const installer = receiver instanceof HTTPReceiver ? (receiver.installer ?? null) : null;
  const workspaces = createWorkspaces(options, installer, host.installations);
  const advised = new Set<string>();
  const connection: Connection = {
    host,
    people: createPeople(log),
    debates,
    inTurn: createInTurn(),
    log,
    homeOf: workspaces.homeOf,
    workspace: async (id) => {
      const workspace = await workspaces.of(id);
      if (!advised.has(id)) {
        advised.add(id);
        void advise(workspace, host, log);
      }
      return workspace;
    },
  };
  const board = createStatusBoard(connection);
  listen(app, connection, board, workspaces.forget);
  const hangUp = await startApp(app, options);
  app.takeUp().catch((error: unknown) => log('events left could not be taken up', {}, error));
  return { app, hangUp, connection, board, streams: createStreams(connection, options.minute) };
}

async function note({ workspace }: Connection, debate: Debate, text: string, key: string): Promise<void> {
  const { rest } = await workspace(debate.workspace);
  const { channel, thread } = debate.thread;
  const metadata = metadataOf('notice', key);
  await patiently(() => rest.chat.postMessage({ channel, thread_ts: thread, ...plain(text), ...QUIET, metadata }));
}

/** Tells who runs the workspace, once, what would make debates read better there. */
async function advise({ id, rest, scopes, installedBy }: Workspace, host: Host, log: Connection['log']): Promise<void> {
  if (scopes.has('chat:write.customize')) return;
  const event = { adapter: NAME, workspace: id, id: `advised:${id}`, payload: null };
  try {
    if ((await host.inbox.keep(event)) === 'known') return;
    await host.inbox.done(event);
    const admin = installedBy ?? (await ownerOf(rest, id));
    if (!admin) return;
    const body = plain(`${WORDS.withoutFaces.en}\n\n${WORDS.withoutFaces.es}`);
    const metadata = metadataOf('notice', event.id);
    await patiently(() => rest.chat.postMessage({ channel: admin, ...body, ...QUIET, metadata }));
  } catch (error) {
    log('whoever runs the workspace could not be told what is missing', { workspace: id }, error);
  }
}

async function ownerOf(rest: Workspace['rest'], id: string): Promise<string | null> {
  const { members = [] } = await patiently(() => rest.users.list({ limit: 200, team_id: id }));
  const owner = members.find((each) => each.is_primary_owner) ?? members.find((each) => each.is_owner || each.is_admin);
  return owner?.id ?? null;
}
