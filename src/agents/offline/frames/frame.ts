/**
 * The sentences an extractive voice puts around its quotes. Slots: `{q}` the quote with its passage, `{name}` who is
 * taken up, `{x}` the topic shared with that speaker, `{y}` the topic of the quote, `{n}` sentences that name it.
 * Several phrasings each, so that a debate does not read as a form letter.
 */
export interface PersonaFrames {
  /** Nobody has quoted anything yet. */
  readonly lead: readonly string[];
  /** The quote is about the same thing as an earlier one. */
  readonly follow: readonly string[];
  /** The quote limits what an earlier one claims. */
  readonly limit: readonly string[];
  /** The quote is about something else, and says so. */
  readonly shift: readonly string[];
  /** A second quote. */
  readonly second: readonly string[];
  /** What this persona looks for in a sentence, and can see there: said of the quote when it is there, and when not. */
  readonly seen: readonly string[];
  readonly unseen: readonly string[];
  /** What its duty makes of it. */
  readonly close: readonly string[];
  /** A question to `{name}` about `{x}`; none: it asks nothing. */
  readonly ask: readonly string[];
}

/** What a format other than the panel asks of whoever speaks; before the quote, which is filled in. */
interface PurposeFrames {
  readonly for: readonly string[];
  readonly against: readonly string[];
  readonly defence: readonly string[];
  readonly attack: readonly string[];
  /** A question to everybody about `{y}`, after the quote. */
  readonly inquiry: readonly string[];
}

interface ReplyFrames {
  /** Answers a panellist's question. */
  readonly answer: readonly string[];
  /** The article has a sentence, but not of the kind asked for. */
  readonly nearest: readonly string[];
  /** It has none. */
  readonly nothing: readonly string[];
  /** Takes up a limit set to its own quote. */
  readonly limited: readonly string[];
  /** Insists on the limit it set. */
  readonly insist: readonly string[];
  /** Has nothing more on the matter, and reads on elsewhere. */
  readonly elsewhere: readonly string[];
  /** Limits the thesis the debate opened with. */
  readonly thesis: readonly string[];
  /** Adds to what somebody quoted. */
  readonly add: readonly string[];
  /** Answers somebody of the thread. */
  readonly person: readonly string[];
  readonly personNothing: readonly string[];
}

export interface Frames {
  readonly personas: Readonly<Record<string, PersonaFrames>>;
  /** For a team's own personas; `{duty}` is theirs. */
  readonly generic: PersonaFrames;
  readonly reply: ReplyFrames;
  readonly purposes: PurposeFrames;
  readonly and: string;
  /** Every sentence has been read. */
  readonly silence: string;
}
