/** How the running of things is followed: what takes time is done inside `observe`, which tells no more than ids. */
import type { Usage } from '../debate.ts';
import type { DebateHost } from '../host/host.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Voice } from '../ports/voice.ts';

/** `event`: what somebody did; `step`: a debate in hand; `speak`: a model's turn; `open`, `post`, `find`: the platform. */
export type Observed = 'event' | 'step' | 'speak' | 'open' | 'post' | 'find';

/** Whom it is about: ids and kinds, never words. */
export interface About {
  readonly adapter?: string;
  readonly workspace?: string;
  readonly debate?: string;
  /** Of an event: the verb or `say`; of a turn: its kind. */
  readonly kind?: string;
  readonly speaker?: string;
}

/** Does it, and keeps how long it took and whether it failed. `from`: what it follows from, in another process. */
export type Observe = <T>(what: Observed, about: About, act: () => Promise<T>, from?: string | null) => Promise<T>;

export const unobserved: Observe = (_what, _about, act) => act();

export interface Watch {
  readonly observe: Observe;
  readonly spent: (usage: Usage | null) => void;
  /** Of what is under way, for another process to follow from: a W3C `traceparent`. */
  readonly here: () => string | null;
}

/** `outer` around `inner`. */
export function both(outer: Observe, inner: Observe): Observe {
  return (what, about, act, from) => outer(what, about, () => inner(what, about, act, from), from);
}

export function observedHost(host: DebateHost, observe: Observe): DebateHost {
  return {
    ...host,
    receive: (incoming) => {
      const { place, act } = incoming;
      const kind = act.type === 'verb' ? act.verb : act.type;
      const about = { adapter: place.adapter, workspace: place.workspace, kind };
      return observe('event', about, () => host.receive(incoming));
    },
  };
}

export function observedAdapter(adapter: Adapter, observe: Observe): Adapter {
  const { find } = adapter;
  const about = ({ debate, turn }: Parameters<Adapter['post']>[0]) => ({
    adapter: adapter.name,
    workspace: debate.workspace,
    debate: debate.id,
    kind: turn.kind,
    speaker: turn.speaker,
  });
  return {
    ...adapter,
    openThread: (debate, title) => {
      const whose = { adapter: adapter.name, workspace: debate.workspace, debate: debate.id };
      return observe('open', whose, () => adapter.openThread(debate, title));
    },
    post: (message) => observe('post', about(message), () => adapter.post(message)),
    ...(find && { find: (message) => observe('find', about(message), () => find(message)) }),
  };
}

export function observedVoice(voice: Voice, { observe, spent }: Watch): Voice {
  return {
    ...voice,
    speak: (cue, listener, signal) => {
      const { workspace, id: debate } = cue.log.debate;
      const about = { workspace, debate, kind: cue.move.kind, speaker: cue.move.speaker };
      return observe('speak', about, async () => {
        const utterance = await voice.speak(cue, listener, signal);
        spent(utterance.usage);
        return utterance;
      });
    },
  };
}
