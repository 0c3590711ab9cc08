/** Checks the coordinator's notes between rounds against the log, and says aloud who is heard next and why. */
import { inLanguage, type Log, type Notes, type Route, speakerName, type Turn } from '../debate.ts';
import { concerned, isRemark, waitingRemarks } from '../formats/people.ts';
import { type NotesDraft, notesDraft } from '../spoken.ts';
import { parseStructured } from '../structured.ts';
import type { Checked } from './checked.ts';
import { personaCalled, shownName } from './names.ts';

/** More routes than this make a round nobody reads. */
const MOST_ROUTES = 6;

export function checkNotes(said: string, log: Log): Checked {
  const parsed = parseStructured(said, notesDraft);
  const problems = parsed.ok ? [] : [parsed.problem];
  const own = parsed.ok ? withExistingTurns(parsed.value, log) : null;
  if (own && own.routes.length === 0) {
    problems.push('No route names a panellist and existing turns of somebody else. Route at least two speakers.');
  }
  const notes = own && own.routes.length > 0 ? withNobodyForgotten(own, log) : notesFromLog(log);
  return {
    settled: { text: aloud(notes, log), quotes: [], data: { notes }, repliesTo: takenUp(notes, log) },
    problems,
  };
}

/** What the log itself shows without any judgement: who was asked, who was named, whom nobody has heard. */
export function notesFromLog(log: Log): Notes {
  const questions = openQuestions(log);
  const asked = questions.map(
    ({ turn, to, text }): Route => ({ speaker: to, to: [turn], why: 'question', issue: text }),
  );
  const answered = namedBack(log);
  const routes = distinct([...routesForPeople(log), ...asked, ...answered]).slice(0, MOST_ROUTES);
  return { clashes: [], questions, untouched: [], routes };
}

/** Questions put to a panellist that no turn answers. */
export function openQuestions(log: Log): { turn: number; to: string; text: string }[] {
  const answers = new Map(log.turns.flatMap((turn) => turn.answers.map((n) => [`${n}:${turn.speaker}`, turn.n])));
  return log.turns.flatMap((turn) =>
    (turn.data.asks ?? [])
      .filter((ask) => !answers.has(`${turn.n}:${ask.to}`))
      .map((ask) => ({ turn: turn.n, to: ask.to, text: ask.text })),
  );
}

function withExistingTurns(draft: NotesDraft, log: Log): Notes {
  const existing = (turns: readonly number[]) => [...new Set(turns)].filter((n) => turnAt(log, n)?.public);
  const routes = draft.routes.flatMap((route): Route[] => {
    const persona = personaCalled(route.speaker, log.debate.panel);
    const to = existing(route.to).filter((n) => turnAt(log, n)?.speaker !== persona?.id);
    return persona?.role === 'persona' && to.length > 0 ? [{ ...route, speaker: persona.id, to }] : [];
  });
  return {
    clashes: draft.clashes.flatMap((clash) => {
      const turns = existing(clash.turns);
      const sides = new Set(turns.map((n) => turnAt(log, n)?.speaker));
      return sides.size >= 2 ? [{ ...clash, turns }] : [];
    }),
    questions: draft.questions.flatMap((question) => {
      const to = personaCalled(question.to, log.debate.panel);
      return to && turnAt(log, question.turn) ? [{ ...question, to: to.id }] : [];
    }),
    untouched: draft.untouched,
    routes: distinct(routes).slice(0, MOST_ROUTES),
  };
}

/** People who spoke and were not routed are heard first, whatever the coordinator forgot. */
function withNobodyForgotten(notes: Notes, log: Log): Notes {
  const routed = new Set(notes.routes.flatMap((route) => route.to));
  const forgotten = routesForPeople(log).filter((route) => route.to.some((n) => !routed.has(n)));
  return { ...notes, routes: distinct([...forgotten, ...notes.routes]).slice(0, MOST_ROUTES) };
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
      if (!persona || persona.id === turn.speaker) return [];
      const back = log.turns.some((later) => later.speaker === persona.id && later.repliesTo.includes(turn.n));
      const issue = inLanguage({ en: 'what was said of it', es: 'lo que se le respondió' }, log.debate.language);
      return back ? [] : [{ speaker: persona.id, to: [turn.n], why: 'clash', issue }];
    }),
  );
}

/** One route a speaker a reason: the same two turns are not answered twice. */
function distinct(routes: readonly Route[]): Route[] {
  const seen = new Set<string>();
  return routes.filter((route) => {
    const key = `${route.speaker}:${[...route.to].sort((a, b) => a - b).join(',')}`;
    return !seen.has(key) && seen.add(key);
  });
}

function takenUp(notes: Notes, log: Log): number[] {
  const people = new Set(log.turns.filter(isRemark).map((turn) => turn.n));
  // A person's remark counts as taken up by whoever is routed to it, not by the notes that route it.
  return [...new Set(notes.clashes.flatMap((clash) => clash.turns))]
    .filter((n) => !people.has(n))
    .sort((a, b) => a - b);
}

function turnAt(log: Log, n: number): Turn | undefined {
  return log.turns[n - 1];
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
