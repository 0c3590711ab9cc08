/**
 * A persona's words as they grow. One speaker at a time has a growing message in a thread, so that messages stand in
 * the order of their turns; whoever else is speaking is heard when their turn is posted.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { Debate, Move, Persona } from '../../src/debate.ts';
import { safe } from '../../src/text/safe.ts';
import { isRefusal, patiently, refusedWith } from './clients.ts';
import type { Connection, Workspace } from './connection.ts';
import { QUIET } from './encode.ts';
import { iconOf, shownName } from './faces.ts';
import { escaped } from './mrkdwn.ts';
import { clearUnfinished } from './unfinished.ts';

/** Slack lets an app begin and end about 20 streams a minute in a workspace; whoever comes later shows first words only. */
const BEGINNINGS = 18;
/** … and append about 100 times: counted in twentieths of a minute, so that no stream waits long for the next. */
const APPENDS = 4;
const SLICES = 20;
/** Seconds. */
const MINUTE = 60;
/** First words that grow no more are worth a look from here on. UTF-16 units. */
const WORTH_A_LOOK = 40;
/** What one request may append. UTF-16 units. */
const MOST = 11_000;

/** Refusals after which a message grows no more: its time was up, or somebody stopped or deleted it. */
const ENDED = ['message_not_in_streaming_state', 'stopped_by_user', 'message_not_found', 'streaming_state_conflict'];

interface Growing {
  readonly debate: Debate;
  readonly speaker: Persona;
  readonly key: string;
  /** All that was heard. */
  text: string;
  /** How much of it is on Slack. */
  shown: number;
  /** null: not begun. */
  ts: string | null;
  /** It grows no more, though its words may stand there. */
  ended: boolean;
  /** It may have begun, and nobody knows where. */
  isLost: boolean;
  /** Too many have begun: its first words are posted and stand until the turn is complete. */
  isLate: boolean;
}

interface Floor {
  /** Whose message grows. */
  growing: Growing | null;
  /** What everybody who is speaking has said so far, by move. */
  readonly heard: Map<string, Growing>;
  /** Calls about one thread are made one after another. */
  last: Promise<unknown>;
  isPumping: boolean;
}

export interface Streams {
  /** This process conducts the debate from now on, `turn` being next. */
  begin(debate: Debate, turn: number): void;
  append(debate: Debate, speaker: Persona, move: Move, delta: string): void;
  /** What was heard for this move is void. */
  retract(debate: Debate, move: Move): void;
  /**
   * Before a turn is posted: the message its words grew in, which grows no more and is to be written over; null: there
   * is none. Whoever else was growing makes room.
   */
  settle(debate: Debate, key: string): Promise<string | null>;
  /** After a turn is posted. */
  posted(debate: Debate, key: string): void;
  /** Nobody speaks there any more: what grew and was never finished goes. */
  end(debate: Debate): Promise<void>;
  /** What still grows goes, and every call made has come back. */
  close(): Promise<void>;
}

const started = z.object({ ts: z.string() });

export function createStreams({ workspace, log }: Pick<Connection, 'workspace' | 'log'>, minute = MINUTE): Streams {
  const floors = new Map<string, Floor>();
  const conducted = new Set<string>();
  const beginnings = new RateLimiterMemory({ points: BEGINNINGS, duration: minute });
  const appends = new RateLimiterMemory({ points: APPENDS, duration: minute / SLICES });

  const floorOf = (debate: Debate): Floor => {
    const found = floors.get(debate.id);
    if (found) return found;
    const floor = { growing: null, heard: new Map(), last: Promise.resolve(), isPumping: false };
    floors.set(debate.id, floor);
    return floor;
  };
  const inTurn = <T>(floor: Floor, task: () => Promise<T>): Promise<T> => {
    const done = floor.last.then(task, task);
    floor.last = done.catch(() => undefined);
    return done;
  };

  /** Shows what is not shown yet, at the pace Slack allows, until there is no more. */
  const pump = async (floor: Floor): Promise<void> => {
    if (floor.isPumping) return;
    floor.isPumping = true;
    try {
      while (floor.growing && hasMore(floor.growing)) {
        const { growing } = floor;
        const limiter = growing.ts === null ? beginnings : appends;
        const wait = growing.isLate ? 0 : await waitFor(limiter, growing.debate.workspace);
        if (wait > 0 && growing.ts === null) growing.isLate = true;
        else if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        else await inTurn(floor, async () => (floor.growing === growing ? grow(growing) : undefined));
      }
    } finally {
      floor.isPumping = false;
    }
  };
  const grow = async (growing: Growing): Promise<void> => {
    const { debate } = growing;
    const more = visible(growing.text).slice(growing.shown, growing.shown + MOST);
    if (more === '' || growing.ended) return;
    try {
      const { once } = await workspace(debate.workspace);
      // The same words twice would be worse than some that come late, so nothing is repeated.
      if (growing.ts === null) growing.ts = await begin(await workspace(debate.workspace), growing, more);
      else
        await once.chat.appendStream({ channel: debate.thread.channel, ts: growing.ts, markdown_text: harmless(more) });
      growing.shown += more.length;
      if (growing.isLate) growing.ended = true;
    } catch (error) {
      // The turn is posted whole when it is complete, whatever became of its beginning.
      growing.ended = true;
      growing.isLost = growing.ts === null && !isRefusal(error);
      if (!refusedWith(error, ...ENDED))
        log('words could not be shown as they grow', { workspace: debate.workspace, debate: debate.id }, error);
    }
  };
  /** Takes the message away again. */
  const withdraw = async (growing: Growing): Promise<void> => {
    const { debate, ts, isLost } = growing;
    if (isLost) await clearUnfinished({ workspace, log }, debate);
    if (ts === null) return;
    const place = { channel: debate.thread.channel, ts };
    const { rest } = await workspace(debate.workspace);
    await stop(rest, place);
    await patiently(() => rest.chat.delete(place)).catch((error: unknown) => {
      if (!refusedWith(error, 'message_not_found'))
        log('words that are void still stand there', { workspace: debate.workspace, debate: debate.id }, error);
    });
  };
  const takeFloor = (floor: Floor): void => {
    const [next] = [...floor.heard.values()].filter((each) => !each.ended && each.text !== '');
    floor.growing ??= next ?? null;
    void pump(floor);
  };

  return {
    begin(debate, turn) {
      if (conducted.has(debate.id)) return;
      conducted.add(debate.id);
      // An earlier process may have been in the middle of a word.
      if (turn > 1) {
        inTurn(floorOf(debate), () => clearUnfinished({ workspace, log }, debate)).catch((error: unknown) =>
          log('unfinished words could not be looked for', { workspace: debate.workspace, debate: debate.id }, error),
        );
      }
    },
    append(debate, speaker, move, delta) {
      const floor = floorOf(debate);
      const known = floor.heard.get(move.key);
      const growing = known ?? {
        debate,
        speaker,
        key: move.key,
        text: '',
        shown: 0,
        ts: null,
        ended: false,
        isLost: false,
        isLate: false,
      };
      growing.text += delta;
      floor.heard.set(move.key, growing);
      takeFloor(floor);
    },
    retract(debate, move) {
      const floor = floorOf(debate);
      const growing = floor.heard.get(move.key);
      floor.heard.delete(move.key);
      if (!growing || floor.growing !== growing) return;
      floor.growing = null;
      void inTurn(floor, () => withdraw(growing)).catch(() => undefined);
    },
    settle(debate, key) {
      const floor = floorOf(debate);
      return inTurn(floor, async () => {
        const { growing } = floor;
        if (growing?.key !== key) {
          // Its message would stand before that of a turn that comes first.
          if (growing) await withdraw(growing);
          if (growing) Object.assign(growing, { ts: null, shown: 0, ended: false, isLost: false, isLate: false });
          return null;
        }
        growing.ended = true;
        if (growing.ts === null) {
          await withdraw(growing);
          growing.isLost = false;
          return null;
        }
        const { rest } = await workspace(debate.workspace);
        await stop(rest, { channel: debate.thread.channel, ts: growing.ts });
        return growing.ts;
      });
    },
    posted(debate, key) {
      const floor = floorOf(debate);
      floor.heard.delete(key);
      if (floor.growing?.key === key) floor.growing = null;
      takeFloor(floor);
    },
    async end(debate) {
      const floor = floors.get(debate.id);
      floors.delete(debate.id);
      const growing = floor?.growing;
      if (!floor || !growing) return;
      floor.growing = null;
      await inTurn(floor, () => withdraw(growing));
    },
    async close() {
      const growing = [...floors.values()].flatMap((floor) => floor.growing ?? []);
      await Promise.allSettled(growing.map(({ debate }) => this.end(debate)));
      await Promise.all([...floors.values()].map(({ last }) => last));
    },
  };
}

function hasMore({ ended, isLate, text, shown }: Growing): boolean {
  return !ended && visible(text).length - shown > (isLate ? WORTH_A_LOOK : 0);
}

/** Milliseconds until there is room; 0: it is taken. */
async function waitFor(limiter: RateLimiterMemory, workspace: string): Promise<number> {
  const full = z.object({ msBeforeNext: z.number() });
  return limiter.consume(workspace).then(
    () => 0,
    (rejected: unknown) => Math.max(1, full.parse(rejected).msBeforeNext),
  );
}

async function begin({ once, scopes }: Workspace, { debate, speaker, isLate }: Growing, text: string): Promise<string> {
  const { channel, thread } = debate.thread;
  const isDirect = channel.startsWith('D');
  const hasFace = scopes.has('chat:write.customize');
  const face = hasFace && { username: shownName(speaker, debate.language), icon_emoji: iconOf(speaker.face) };
  if (isLate) {
    const words = `${harmless(text)} …`;
    return started.parse(await once.chat.postMessage({ channel, thread_ts: thread, text: words, ...QUIET, ...face }))
      .ts;
  }
  const answer = await once.chat.startStream({
    channel,
    thread_ts: thread,
    markdown_text: harmless(text),
    ...(!isDirect && { recipient_user_id: debate.startedBy, recipient_team_id: debate.workspace }),
    ...face,
  });
  return started.parse(answer).ts;
}

async function stop(rest: Workspace['rest'], place: { channel: string; ts: string }): Promise<void> {
  await patiently(() => rest.chat.stopStream(place)).catch((error: unknown) => {
    if (!refusedWith(error, ...ENDED)) throw error;
  });
}

/** What readers may see of words nobody checked: the stance at their end is no part of them. */
function visible(text: string): string {
  return text.replace(/\s*\[(?:s(?:t(?:a(?:n(?:c(?:e[\s\S]*)?)?)?)?)?)?$/i, '');
}

/** Markdown in which nothing mentions anybody. */
function harmless(text: string): string {
  return escaped(safe(text)).replace(/@(?=channel\b|here\b|everyone\b)/gi, '@ ');
}
