/** The nouns of a debate. Everything here is plain data: no I/O, no model, no platform. */

/** A text people read, in both first-class languages. */
export interface Localised {
  readonly en: string;
  readonly es: string;
}

/** Primary BCP-47 subtag: `es`, `en`, `pt` … */
export type Language = string;

/** Readers of any language but Spanish get the English words of the program. */
export function inLanguage(text: Localised, language: Language): string {
  return language === 'es' ? text.es : text.en;
}

/* ── the panel ─────────────────────────────────────────────────────────────────────────── */

export interface Persona {
  readonly id: string;
  readonly role: 'coordinator' | 'persona';
  readonly name: Localised;
  /** One emoji; platforms with avatars draw theirs from it. */
  readonly face: string;
  /** `#rrggbb` */
  readonly color: string;
  /** What it must do each turn. */
  readonly duty: Localised;
  /** The position it argues from, repeated in every prompt. */
  readonly stance: Localised;
  /** What in an article it reads for: words and short phrases, lower case. */
  readonly lens: { readonly en: readonly string[]; readonly es: readonly string[] };
  /** The move that would make it somebody else. */
  readonly never: Localised;
  /** `provider:name`; absent: the debate's model. */
  readonly model?: string;
  readonly temperature?: number;
}

export interface Panel {
  readonly id: string;
  readonly name: Localised;
  readonly coordinator: Persona;
  /** In speaking order, without the coordinator. */
  readonly personas: readonly Persona[];
}

/** A panel as it is written down: its personas by id. */
export interface PanelPlan {
  readonly id: string;
  readonly name: Localised;
  readonly summary: Localised;
  readonly coordinator: string;
  /** In speaking order. */
  readonly personas: readonly string[];
}

/** What a workspace made its own of who can sit at a table. */
export interface Team {
  /** New ones, and those that ship as this workspace wants them (under the same id). */
  readonly personas: readonly Persona[];
  readonly panels: readonly PanelPlan[];
  /** Ids of personas that sit at no table here. */
  readonly disabled: readonly string[];
}

/* ── the article ───────────────────────────────────────────────────────────────────────── */

/** A numbered stretch of the article, quoted as `[p12]`. */
export interface Passage {
  /** From 1. */
  readonly n: number;
  /** Heading it stands under, `''` before the first. */
  readonly section: string;
  /** Page of the PDF, from 1; null where there are no pages. */
  readonly page: number | null;
  /** Offsets (UTF-16 units) into `Article.text`: `text.slice(start, end)` is the passage. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Article {
  readonly title: string;
  /** Where it came from as the reader gave it: a URL, a file name, `stdin`. */
  readonly source: string;
  /** Address to link quotes to, null for files. */
  readonly url: string | null;
  /** Of the bytes read, hex. */
  readonly sha256: string;
  readonly language: Language;
  readonly sections: readonly string[];
  /** The kept original that offsets point into. */
  readonly text: string;
  readonly passages: readonly Passage[];
  /** What readers must be told: hidden text found, pages without text … */
  readonly warnings: readonly Localised[];
}

/* ── the log ───────────────────────────────────────────────────────────────────────────── */

export type TurnKind =
  /** The coordinator chooses how the debate goes, before it opens. */
  | 'choice'
  | 'opening'
  | 'statement'
  | 'reply'
  /** Whoever asked says whether the question was answered. */
  | 'verdict'
  /** One persona's position on the central question, asked in private. */
  | 'stance'
  /** What a round of estimates came to, nobody's name on it. */
  | 'feedback'
  /** The coordinator between rounds: which clash, which question, who is heard. */
  | 'notes'
  /** What the poll before the debate came to, and whether there is one. */
  | 'gate'
  /** Somebody in the thread said something. */
  | 'human'
  /** Somebody in the thread asked one persona. */
  | 'question'
  /** Somebody's objection, without a name; the coordinator voices it. */
  | 'dissent'
  /** Who was called to the table, and why. */
  | 'cast'
  /** The synthesis as it is laid before the panel, in private. */
  | 'draft'
  /** One persona accepts the draft or objects in a line, in private. */
  | 'signoff'
  | 'synthesis';

/** Words a turn takes from the article, after checking. */
export interface Quote {
  /** The original's own words when verified, else the speaker's. */
  readonly text: string;
  /** Passage number, null when not found. */
  readonly passage: number | null;
  readonly verified: boolean;
}

/** Counts a provider reported; null is "unknown", never zero. */
export interface Usage {
  readonly inputTokens: number | null;
  /** Of the input, served from the provider's prompt cache. */
  readonly cachedTokens: number | null;
  readonly outputTokens: number | null;
  /** US dollars, at the prices of the day it was spent; absent: nobody knows the model's price. */
  readonly cost?: number;
}

/** −3 (firmly no) … +3 (firmly yes) on the central question; confidence in per cent. */
export interface Stance {
  readonly stance: number;
  readonly confidence: number;
  /** The turn its holder says moved it. */
  readonly because?: number;
}

/** An answer to the central question in figures. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** That the truth lies from low to high, in per cent. */
  readonly confidence: number;
}

/** A way a proposal fails, as whoever attacks it sees it. */
export interface Failure {
  readonly text: string;
  /** 1 (hardly) … 5 (almost surely). */
  readonly likelihood: number;
  /** 1 (a nuisance) … 5 (ruin). */
  readonly harm: number;
}

/** The end of a question, by whoever asked it. */
interface Verdict {
  /** The turn that asked. */
  readonly question: number;
  readonly answered: boolean;
}

export interface Signoff {
  /** One line; null: accepted. */
  readonly objection: string | null;
  /** The Newcomer's: what it understood, and what it takes the answer to be. */
  readonly restated?: {
    readonly text: string;
    readonly answer?: Decision | undefined;
    /** How it contradicts the draft or the record, a sentence for the coordinator. */
    readonly contradicts?: string;
  };
}

/** What an answer to a yes-or-no question comes to. */
export type Decision = 'yes' | 'no' | 'open';

/** A question put to a named speaker of the panel. */
export interface Question {
  readonly to: string;
  readonly text: string;
}

/** One who is to be heard next, and about what. */
export interface Route {
  readonly speaker: string;
  /** Turn numbers it must take up. */
  readonly to: readonly number[];
  readonly why: 'clash' | 'question' | 'human' | 'unheard';
  /** What is at issue, in the debate's language. */
  readonly issue: string;
}

export interface Notes {
  /** What was claimed, in a line each. */
  readonly claims?: readonly { readonly text: string; readonly turns: readonly number[] }[];
  readonly clashes: readonly { readonly issue: string; readonly turns: readonly number[] }[];
  readonly questions: readonly {
    readonly turn: number;
    readonly by?: string;
    readonly to: string;
    readonly text: string;
    readonly state?: 'open' | 'answered' | 'evaded';
  }[];
  /** Axes of the opening nobody has touched yet. */
  readonly untouched: readonly string[];
  /** In the order they are to speak; none: the round before brought nothing new, and the debate closes. */
  readonly routes: readonly Route[];
}

export interface Synthesis {
  /** At most three sentences. */
  readonly answer: string;
  /** What the answer comes to; 'open': it cannot be decided, or is no matter of yes or no. */
  readonly decision?: Decision | undefined;
  /** The panel's confidence in per cent, null when nobody took a position. */
  readonly confidence: number | null;
  readonly agreements: readonly { readonly text: string; readonly turns: readonly number[] }[];
  readonly disagreements: readonly {
    readonly issue: string;
    readonly positions: readonly {
      readonly speaker: string;
      readonly text: string;
      readonly turns: readonly number[];
    }[];
    /** The evidence that would settle it. */
    readonly settledBy: string;
  }[];
  readonly minority: readonly { readonly speaker: string; readonly text: string }[];
  readonly open: readonly { readonly text: string; readonly turn: number; readonly to: string | null }[];
  /** At most five. */
  readonly nextSteps: readonly string[];
  readonly plainWords: string;
  /** Thanks and recap, prose. */
  readonly recap: string;
  /** Points dropped because the record does not bear them out, each a sentence for the reader. */
  readonly dropped: readonly string[];
  /** oxford: which bench moved more of the audience. */
  readonly swing?: Swing;
  /** redteam: ways to fail, the worst first. */
  readonly risks?: readonly Risk[];
  /** socratic: what the words came to mean. */
  readonly definitions?: readonly { readonly term: string; readonly text: string; readonly turns: readonly number[] }[];
  /** delphi: where the estimates ended. */
  readonly range?: EstimateRange;
  /** A follow-up's. */
  readonly since?: Since;
  /** It took the place of a debate, on the strength of a poll. */
  readonly digest?: true;
}

/** Votes for, against and neither, before the benches spoke and after. */
export interface Swing {
  readonly before: Ballot;
  readonly after: Ballot;
  /** The bench that gained more; null: neither. */
  readonly winner: Side | null;
}

export interface Ballot {
  readonly for: number;
  readonly against: number;
  readonly undecided: number;
}

export type Side = 'for' | 'against';

export interface Risk extends Failure {
  /** '': nobody offered any. */
  readonly mitigation: string;
  readonly turns: readonly number[];
}

export interface EstimateRange {
  readonly unit: string;
  readonly median: number;
  /** The middle half of the estimates. */
  readonly low: number;
  readonly high: number;
  readonly estimates: number;
}

/** What readers are asked to do under a turn. */
export interface Invitation {
  readonly verb: string;
  /** What is known of its arguments already. */
  readonly args: Readonly<Record<string, string>>;
}

/** What only some kinds of turn carry. */
export interface TurnData {
  /** opening: the ONE central question, and what the article is about in a few lines. */
  readonly opening?: {
    readonly question: string;
    readonly axes: readonly string[];
    /** delphi: what estimates are in. */
    readonly unit?: string;
    /** How this has to do with `Debate.earlier`, a sentence; absent: the opening does not mention it. */
    readonly earlier?: string;
  };
  readonly gate?: { readonly debates: boolean };
  readonly choice?: { readonly format: string; readonly why: string };
  readonly stance?: Stance;
  readonly estimate?: Estimate;
  readonly failure?: Failure;
  readonly verdict?: Verdict;
  readonly signoff?: Signoff;
  readonly draft?: Synthesis;
  /** Questions this turn puts to others. */
  readonly asks?: readonly Question[];
  readonly notes?: Notes;
  readonly synthesis?: Synthesis;
  /** human and question: who wrote it, as the platform names them. */
  readonly author?: { readonly id: string; readonly name: string };
  /** question: the persona it was put to. */
  readonly to?: string;
  /** human and question: their author put them otherwise, or took them back, after they were said. */
  readonly amended?: 'edited' | 'withdrawn';
  /** What the checks had to change, each a sentence. */
  readonly mended?: readonly string[];
  readonly invites?: readonly Invitation[];
}

export interface Turn {
  /** From 1, in the order of the thread; gapless. */
  readonly n: number;
  /** The move it fulfils, unique in the debate: saving a move twice saves it once. */
  readonly key: string;
  readonly kind: TurnKind;
  /** Whether readers of the thread see it. */
  readonly public: boolean;
  /** Persona id, or `human`. */
  readonly speaker: string;
  /** 0 opening and statements, then the round of replies. */
  readonly round: number;
  /** Markdown, exactly what readers are shown before a platform's own dialect. */
  readonly text: string;
  readonly repliesTo: readonly number[];
  /** Turns whose question this one answers. */
  readonly answers: readonly number[];
  readonly quotes: readonly Quote[];
  readonly data: TurnData;
  /** Summed over the calls it took; null when no model spoke. */
  readonly usage: Usage | null;
  /** Model that spoke, null for people and the offline voice. */
  readonly model: string | null;
  /** Milliseconds the debate was being conducted since the turn before: pauses and stops are not in it. */
  readonly took?: number;
  readonly at: Date;
}

/** A turn before the store has given it its number and time. */
export type NewTurn = Omit<Turn, 'n' | 'at'>;

export type DebateStatus = 'running' | 'paused' | 'concluded' | 'stopped' | 'failed';

/** Why the debate goes to its closing before its format is through. */
export type Ending = 'asked' | 'tokens' | 'money' | 'turns' | 'time';

export interface Limits {
  /** Rounds of replies, ≥ 1. */
  readonly rounds: number;
  /** Words of a statement, ≥ 20. */
  readonly words: number;
  /** Tokens of the whole debate, input and output; null: no limit. */
  readonly tokens: number | null;
  /** US dollars of the whole debate; absent or null: no limit. */
  readonly money?: number | null;
  /** Turns of the whole debate, people's included. */
  readonly turns: number;
  /** Time it is conducted, in ms. */
  readonly time: number;
  /** How long people may answer the coordinator's one question, in ms; absent or 0: it asks them none. */
  readonly patience?: number;
}

/** An earlier debate of the workspace that this one has to do with, as it stood when this one began. */
export interface Earlier {
  /** `followed`: this one was begun to follow it up; `recalled`: it was found to be about the same. */
  readonly relation: 'followed' | 'recalled';
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  /** ISO date, `2026-03-05`. */
  readonly day: string;
  /** To where it was held; null: it has no address. */
  readonly link: string | null;
  /** What it left open: questions, and disagreements nobody settled. Only where it is followed. */
  readonly reopens: readonly { readonly text: string; readonly turn: number }[];
  /** Where each persona stood at its end. Only where it is followed. */
  readonly stances: readonly { readonly speaker: string; readonly stance: Stance }[];
}

/** What a follow-up changed. */
export interface Since {
  /** In the order of `Earlier.reopens`. */
  readonly reopened: readonly {
    readonly text: string;
    readonly answered: boolean;
    /** What was said to it; '' where nobody took it up. */
    readonly how: string;
    readonly turns: readonly number[];
  }[];
  /** Who sat on both panels and took a position at both. */
  readonly stances: readonly { readonly speaker: string; readonly before: Stance; readonly after: Stance }[];
}

/** Where a debate happens; opaque to the core but for the adapter's name. */
export interface Thread {
  readonly adapter: string;
  /** The channel, room or terminal. */
  readonly channel: string;
  /** The thread in it. */
  readonly thread: string;
}

export interface Debate {
  readonly id: string;
  readonly workspace: string;
  readonly status: DebateStatus;
  /** What was asked by whoever convened it; the opening's central question once there is one; '' before. */
  readonly question: string;
  readonly language: Language;
  readonly format: string;
  /** As it stood when the debate began, so that a changed file does not change a debate under way. */
  readonly panel: Panel;
  readonly voice: 'model' | 'offline';
  readonly limits: Limits;
  /** Set once: the next moves lead to the closing. */
  readonly ending: Ending | null;
  readonly thread: Thread;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** What went wrong, when `failed`. */
  readonly failure: string | null;
  /** Absent: nobody has voted. */
  readonly votes?: Votes;
  /** Absent: there is none, or it was not looked for. */
  readonly earlier?: Earlier;
  /** The panel is polled first, and debates only if it is split. */
  readonly gate?: true;
}

/** How many people hold each position on the central question, −3 … +3; positions nobody holds are left out. */
export type Tally = readonly { readonly stance: number; readonly people: number }[];

/** What people voted: before the panel began to argue, and since. */
export interface Votes {
  readonly before: Tally;
  readonly after: Tally;
}

/** All a format, a prompt or a reader needs to know: the log so far. */
export interface Log {
  readonly debate: Debate;
  /** null: a bare question. */
  readonly article: Article | null;
  readonly turns: readonly Turn[];
}

/* ── moves ─────────────────────────────────────────────────────────────────────────────── */

/** What a move is for where its kind leaves that open; each is a task of its own to the voices. */
export type Purpose =
  /** First words, made without knowing anybody else's. */
  | 'alone'
  /** oxford: on a bench, by assignment. */
  | Side
  /** redteam: states the proposal and meets the attacks; finds how it fails. */
  | 'defence'
  | 'attack'
  /** socratic: asks the one question of the round; answers it. */
  | 'inquiry'
  | 'answer'
  /** delphi: a figure, and why; the figure again, knowing how the others lie. */
  | 'estimate'
  | 'revision'
  /** The sign-off that says the conclusion again in plain words. */
  | 'restatement'
  /** What is debated and has to come out in the end is a motion, a proposal. */
  | 'motion'
  | 'proposal'
  /** The synthesis that takes a debate's place. */
  | 'digest';

/** What the format wants next: who speaks, in what kind of turn, about what. */
export interface Move {
  readonly key: string;
  readonly kind: Exclude<TurnKind, 'human' | 'question' | 'dissent' | 'cast'>;
  readonly speaker: string;
  readonly round: number;
  /** Turns it must take up (a clash, a question, a person's words). */
  readonly to: readonly number[];
  /** Turns of `to` whose question it answers. */
  readonly answers: readonly number[];
  /** What is at issue, for a directed reply. */
  readonly issue?: string;
  readonly purpose?: Purpose;
  /** choice: what there is to choose from. */
  readonly options?: readonly { readonly id: string; readonly summary: Localised }[];
  /** Turns its speaker must not be shown: those made at once with it. */
  readonly unseen?: readonly number[];
  /** Kept back until all moves it came with are made; then they are revealed together, in their order. */
  readonly sealed?: true;
}

export interface Format {
  readonly id: string;
  /** One line for `--help` and menus. */
  readonly summary: Localised;
  /** Personas it works with, without the coordinator. */
  readonly least: number;
  readonly most: number;
  /** `model`: a voice that only reads out the article cannot hold it. */
  readonly needs?: 'model';
  /**
   * The next moves of the debate; several at once do not depend on each other and run in parallel;
   * none: the debate is over. Pure: no model, clock or I/O.
   */
  next(log: Log): readonly Move[];
  /** Turns the whole debate is expected to have, for "turn 5 of 16". */
  expectedTurns(log: Log): number;
}

/* ── small questions about the log that every layer asks ───────────────────────────────── */

export const HUMAN = 'human';

/** Whom a question is put to that everybody is to answer. */
export const EVERYBODY = 'everybody';

/** Kinds of turn that readers of the thread do not see. */
const PRIVATE: ReadonlySet<TurnKind> = new Set(['stance', 'draft', 'signoff']);

export function isPublic(kind: TurnKind): boolean {
  return !PRIVATE.has(kind);
}

export function speakers(panel: Panel): readonly Persona[] {
  return [panel.coordinator, ...panel.personas];
}

export function speaker(panel: Panel, id: string): Persona | undefined {
  return speakers(panel).find((persona) => persona.id === id);
}

/** How a turn's speaker is called in the debate's language; people by their own name. */
export function speakerName(debate: Pick<Debate, 'panel' | 'language'>, turn: Pick<Turn, 'speaker' | 'data'>): string {
  const persona = speaker(debate.panel, turn.speaker);
  return persona ? inLanguage(persona.name, debate.language) : (turn.data.author?.name ?? turn.speaker);
}

/** The ONE question of the debate: the opening's, else as it was asked. */
export function centralQuestion(log: Pick<Log, 'debate' | 'turns'>): string {
  return log.turns.findLast((turn) => turn.data.opening)?.data.opening?.question ?? log.debate.question;
}

export function isOver(status: DebateStatus): boolean {
  return status === 'concluded' || status === 'stopped' || status === 'failed';
}

/** The turn in which the coordinator put its question to the people, if it has. */
export function askedPeople(log: Pick<Log, 'turns'>): Turn | undefined {
  return log.turns.find((turn) => turn.data.asks?.some(({ to }) => to === HUMAN));
}

/** One question a debate, and none once it is being closed. */
export function mayAskPeople({ debate, turns }: Log): boolean {
  return (debate.limits.patience ?? 0) > 0 && debate.ending === null && !askedPeople({ turns });
}
