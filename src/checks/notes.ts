/** Checks the coordinator's notes between rounds against the log, and says aloud who is heard next and why. */
import {
  EVERYBODY,
  HUMAN,
  inLanguage,
  type Log,
  mayAskPeople,
  type Notes,
  type Question,
  type Route,
  speakerName,
} from '../debate.ts';
import { concerned, isRemark, waitingRemarks } from '../formats/people.ts';
import { type NotesDraft, notesDraft } from '../spoken.ts';
import { safeLine } from '../text/safe.ts';
import { parseStructured } from '../text/structured.ts';
import type { Checked } from './checked.ts';
import { turnAt } from './mentions.ts';
import { personaCalled, shownName } from './names.ts';
import { openQuestions, questionsPut } from './questions.ts';

/** More routes than this make a round nobody reads. */
const MOST_ROUTES = 6;
const MOST_CLAIMS = 12;
/** Characters. */
const LONGEST_ASK = 300;

/** In which order they are heard. */
const WEIGHT: Record<Route['why'], number> = { human: 0, clash: 1, question: 2, unheard: 3 };

export function checkNotes(said: string, log: Log): Checked {
  const parsed = parseStructured(said, notesDraft);
  const problems = parsed.ok ? [] : [parsed.problem];
  const own = parsed.ok ? withExistingTurns(parsed.value, log) : null;
  // After a round of replies there may be nothing left to put to anybody; after statements there always is.
  const enough = own !== null && (own.routes.length > 0 || roundsHeard(log) > 0);
  if (own && !enough) {
    problems.push('No route names a panellist and existing turns of somebody else. Route at least two speakers.');
  }
  const notes = own && enough ? withNobodyForgotten(own, log) : notesFromLog(log);
  const asks = parsed.ok && notes.routes.length > 0 ? toPeople(parsed.value.askPeople ?? '', log) : [];
  const text = [aloud(notes, log), ...asks.map((ask) => askAloud(ask.text, log))].join('\n\n');
  return {
    settled: {
      text,
      quotes: [],
      data: { notes, ...(asks.length > 0 && { asks }) },
      repliesTo: takenUp(notes, log),
    },
    problems,
  };
}

/** A question to the people is one sentence, and the only one of the debate. */
function toPeople(asked: string, log: Log): Question[] {
  const text = safeLine(asked);
  return /[?？]$/u.test(text) && text.length <= LONGEST_ASK && mayAskPeople(log) ? [{ to: HUMAN, text }] : [];
}

function askAloud(text: string, { debate }: Log): string {
  const minutes = Math.max(1, Math.round((debate.limits.patience ?? 0) / 60_000));
  const ask = {
    en: `**A question to you who read this:** ${text}\n*We go on meanwhile; an answer counts for ${minutes} minutes.*`,
    es: `**Una pregunta a quienes leéis esto:** ${text}\n*Mientras tanto seguimos; una respuesta cuenta durante ${minutes} minutos.*`,
  };
  return inLanguage(ask, debate.language);
}

/** What the log itself shows without any judgement: who was asked, who was named, whom nobody has heard. */
export function notesFromLog(log: Log): Notes {
  const routes = fresh([...routesForPeople(log), ...routesForQuestions(log), ...namedBack(log)], log);
  return { claims: [], clashes: [], questions: questionsOf(log), untouched: [], routes: routes.slice(0, MOST_ROUTES) };
}

function roundsHeard(log: Log): number {
  return log.turns.filter((turn) => turn.kind === 'notes').length;
}

function withExistingTurns(draft: NotesDraft, log: Log): Notes {
  const existing = (turns: readonly number[]) => [...new Set(turns)].filter((n) => turnAt(log, n)?.public);
  const routes = draft.routes.flatMap((route): Route[] => {
    const persona = personaCalled(route.speaker, log.debate.panel);
    const to = existing(route.to).filter((n) => turnAt(log, n)?.speaker !== persona?.id);
    return persona?.role === 'persona' && to.length > 0 ? [{ ...route, speaker: persona.id, to }] : [];
  });
  return {
    claims: draft.claims
      .map((claim) => ({ ...claim, turns: existing(claim.turns) }))
      .filter((claim) => claim.turns.length > 0)
      .slice(0, MOST_CLAIMS),
    clashes: draft.clashes.flatMap((clash) => {
      const turns = existing(clash.turns);
      const sides = new Set(turns.map((n) => turnAt(log, n)?.speaker));
      return sides.size >= 2 ? [{ ...clash, turns }] : [];
    }),
    questions: questionsOf(log, draft.questions),
    untouched: draft.untouched,
    routes: fresh(routes, log),
  };
}

/** The log knows who asked whom; the coordinator knows whether what came was an answer. */
function questionsOf(log: Log, judged: NotesDraft['questions'] = []): Notes['questions'] {
  const open = new Set(openQuestions(log).map(({ turn, to }) => `${turn}:${to}`));
  return questionsPut(log).map(({ turn, by, to, text, answeredBy }) => {
    const evaded = judged.some((each) => each.turn === turn && each.state === 'evaded') && answeredBy !== null;
    const state = open.has(`${turn}:${to}`) ? 'open' : evaded ? 'evaded' : 'answered';
    return { turn, by, to, text, state };
  });
}

/** Both sides of a clash, people who spoke and whoever was asked are heard, whatever the coordinator forgot. */
function withNobodyForgotten(notes: Notes, log: Log): Notes {
  const { routes } = notes;
  const routed = new Set(routes.flatMap((route) => route.to));
  const people = routesForPeople(log).filter((route) => route.to.some((n) => !routed.has(n)));
  const asked = routesForQuestions(log).filter(
    ({ speaker, to }) => !routes.some((route) => route.speaker === speaker && to.every((n) => route.to.includes(n))),
  );
  const all = fresh([...people, ...routes, ...otherSides(notes, log), ...asked], log);
  const weighed = all.toSorted((a, b) => WEIGHT[a.why] - WEIGHT[b.why]);
  return { ...notes, routes: weighed.slice(0, MOST_ROUTES) };
}

/** Whoever is in a clash and was given no word in it. */
function otherSides(notes: Notes, log: Log): Route[] {
  return notes.clashes.flatMap(({ issue, turns }) => {
    const sides = [...new Set(turns.map((n) => turnAt(log, n)?.speaker))];
    return sides.flatMap((side): Route[] => {
      const persona = log.debate.panel.personas.find(({ id }) => id === side);
      const to = turns.filter((n) => turnAt(log, n)?.speaker !== side);
      const heard = notes.routes.some((route) => route.speaker === side && route.to.some((n) => to.includes(n)));
      return persona && !heard ? [{ speaker: persona.id, to, why: 'clash', issue }] : [];
    });
  });
}

function routesForQuestions(log: Log): Route[] {
  return openQuestions(log).flatMap(({ turn, to, text }): Route[] =>
    to === EVERYBODY || to === HUMAN ? [] : [{ speaker: to, to: [turn], why: 'question', issue: text }],
  );
}

function routesForPeople(log: Log): Route[] {
  return waitingRemarks(log).flatMap((turn): Route[] => {
    const persona = concerned(turn.text, log.debate.panel.personas);
    return persona ? [{ speaker: persona.id, to: [turn.n], why: 'human', issue: turn.text }] : [];
  });
}

/** Whoever was named by a later speaker may answer it. */
function namedBack(log: Log): Route[] {
  return log.turns.flatMap((turn) =>
    turn.repliesTo.flatMap((n): Route[] => {
      const named = turnAt(log, n);
      const persona = named && log.debate.panel.personas.find((each) => each.id === named.speaker);
      if (!persona || persona.id === turn.speaker || !turn.public) return [];
      const back = log.turns.some((later) => later.speaker === persona.id && later.repliesTo.includes(turn.n));
      const issue = inLanguage({ en: 'what was said of it', es: 'lo que se le respondió' }, log.debate.language);
      return back ? [] : [{ speaker: persona.id, to: [turn.n], why: 'clash', issue }];
    }),
  );
}

/** One route a speaker a reason, and none to what that speaker has replied to already, unless people want more. */
function fresh(routes: readonly Route[], log: Log): Route[] {
  const seen = new Set<string>();
  const wanted = log.turns.some((turn) => turn.kind === 'synthesis');
  return routes.filter(({ speaker, to }) => {
    const replied =
      !wanted &&
      to.every((n) =>
        log.turns.some((turn) => turn.kind === 'reply' && turn.speaker === speaker && turn.repliesTo.includes(n)),
      );
    const key = `${speaker}:${[...to].sort((a, b) => a - b).join(',')}`;
    return !replied && !seen.has(key) && seen.add(key);
  });
}

function takenUp(notes: Notes, log: Log): number[] {
  const people = new Set(log.turns.filter(isRemark).map((turn) => turn.n));
  // A person's remark counts as taken up by whoever is routed to it, not by the notes that route it.
  return [...new Set(notes.clashes.flatMap((clash) => clash.turns))]
    .filter((n) => !people.has(n))
    .sort((a, b) => a - b);
}

function aloud(notes: Notes, log: Log): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  const turnsOf = (turns: readonly number[]) => turns.map((n) => `${nameAt(log, n)} (${n})`).join(say(' and ', ' y '));
  const clashes = notes.clashes.map((clash) => `- ${say('Clash', 'Choque')}: ${clash.issue}. ${turnsOf(clash.turns)}.`);
  const untouched = notes.untouched.map((axis) => `- ${say('Not touched yet', 'Aún sin tratar')}: ${axis}.`);
  const routes = notes.routes.map((route) => {
    const persona = personaCalled(route.speaker, log.debate.panel);
    const name = persona ? shownName(persona, log) : route.speaker;
    const issue = route.issue.replace(/\s+/g, ' ').trim();
    return `- **${name}** → ${turnsOf(route.to)}: ${issue}`;
  });
  if (routes.length === 0)
    return say(
      'Nothing new is left to put to anybody; we close.',
      'No queda nada nuevo que plantear a nadie; cerramos.',
    );
  return [say('I ask for replies:', 'Pido réplicas:'), [...clashes, ...untouched, ...routes].join('\n')]
    .join('\n\n')
    .replace(/\.\.(?=\s|$)/g, '.');
}

function nameAt(log: Log, n: number): string {
  const turn = turnAt(log, n);
  return turn ? speakerName(log.debate, turn) : String(n);
}
