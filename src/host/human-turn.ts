/** What a person said joins the log; saying it again under the same key does not, and they may amend it. */
import { HUMAN, inLanguage, type Log } from '../debate.ts';
import type { Incoming } from '../ports/host.ts';
import type { Store } from '../ports/store.ts';

interface Said {
  readonly key: string;
  readonly text: string;
  readonly to: string | undefined;
  /** Turns whose question it answers. */
  readonly answers?: readonly number[];
}

/** `to`: the persona it is put to, which makes it a question. It is on the platform already, so no message is owed. */
export async function saveHumanTurn(
  store: Store,
  { debate, turns }: Log,
  incoming: Incoming,
  { key, text, to, answers = [] }: Said,
): Promise<void> {
  const turn = {
    key,
    kind: to === undefined ? ('human' as const) : ('question' as const),
    public: true,
    speaker: HUMAN,
    round: turns.at(-1)?.round ?? 0,
    text,
    repliesTo: answers,
    answers,
    quotes: [],
    data: { author: { id: incoming.by.id, name: incoming.by.name }, ...(to !== undefined && { to }) },
    usage: null,
    model: null,
  };
  await store.saveTurn(debate.workspace, debate.id, turn, [], 'pending');
}

const WITHDRAWN = { en: '(withdrawn)', es: '(retirado)' };

/**
 * The turn the event `of` was, with other words, or (`text` null) taken back. It is rewritten where it stands: nobody
 * who reads or speaks from now on is to be shown what its author no longer says.
 */
export async function amendHumanTurn(
  store: Store,
  { debate }: Pick<Log, 'debate'>,
  of: string,
  text: string | null,
): Promise<void> {
  const said = text?.trim() || null;
  const [how, words] = said
    ? (['edited', said] as const)
    : (['withdrawn', inLanguage(WITHDRAWN, debate.language)] as const);
  for (const key of [`human-${of}`, `question-${of}`]) {
    if (await store.amendTurn(debate.workspace, debate.id, key, how, words)) return;
  }
}
