/** The coordinator's notes without a model: real tensions, unanswered questions, axes nobody touched, who is heard. */
import { HUMAN, inLanguage, type Log, type Persona, type Route, speakerName } from '../../debate.ts';
import type { NotesDraft } from '../../spoken.ts';
import { untouched } from './axes.ts';
import { type Clash, clashesIn, isPersona, openQuestions } from './clashes.ts';
import { type Reading, readingOf, topicOf } from './reading.ts';
import { best } from './reserved.ts';
import { heardIn, named } from './seat.ts';

/** A round of fewer replies leaves most of the table unheard. */
const LEAST_ROUTES = 5;
const MOST_ROUTES = 6;
const MOST_CLASHES = 3;

export function notes(log: Log): NotesDraft {
  if (!log.article) return { claims: [], clashes: [], questions: [], untouched: [], routes: [] };
  const reading = readingOf(log.article);
  const clashes = clashesIn(log, reading)
    .filter((clash) => !takenUp(log, clash))
    .slice(-MOST_CLASHES);
  const questions = openQuestions(log);
  const quotes = log.turns.filter((turn) => isPersona(log, turn)).flatMap((turn) => turn.quotes);
  const left = untouched(reading, log.turns.findLast((turn) => turn.data.opening)?.data.opening?.axes ?? [], quotes);
  const asked = questions.map(
    ({ turn, to, text }): Route => ({ speaker: to, to: [turn], why: 'question', issue: text }),
  );
  const routes = distinct([
    ...remarks(log, reading),
    ...asked,
    ...clashes.toReversed().flatMap((clash, at) => sides(log, clash, at === 0)),
  ]);
  const all = routes.length < LEAST_ROUTES ? distinct([...routes, ...unheard(log, reading, left, routes)]) : routes;
  return {
    claims: heardIn(log, reading).map(({ turn, sentence }) => ({ text: sentence.text, turns: [turn.n] })),
    clashes: clashes.map((clash) => ({ issue: issueOf(log, clash), turns: [clash.claim.turn.n, clash.limit.turn.n] })),
    questions: questions.map(({ turn, to, text }) => ({ turn, to, text, state: 'open' })),
    untouched: left,
    routes: all.slice(0, MOST_ROUTES).map((route) => ({ ...route, to: [...route.to] })),
  };
}

/** The one whose quote was limited has replied to the turn that limits it. */
function takenUp(log: Log, { claim, limit }: Clash): boolean {
  return log.turns.some(
    (turn) => turn.speaker === claim.turn.speaker && turn.repliesTo.includes(limit.turn.n) && turn.kind === 'reply',
  );
}

function issueOf(log: Log, clash: Clash): string {
  const topic = named(clash.topic);
  const text = { en: `the limit the article sets to ${topic}`, es: `el límite que el artículo pone a ${topic}` };
  return inLanguage(text, log.debate.language);
}

/** First the one whose quote is limited, then the one who limits it; of older clashes only the first. */
function sides(log: Log, clash: Clash, both: boolean): Route[] {
  const { claim, limit } = clash;
  const issue = issueOf(log, clash);
  return [
    { speaker: claim.turn.speaker, to: [limit.turn.n], why: 'clash', issue },
    ...(both ? [{ speaker: limit.turn.speaker, to: [claim.turn.n], why: 'clash' as const, issue }] : []),
  ];
}

/** What people said in the thread goes to the persona that reads for it. */
function remarks(log: Log, reading: Reading): Route[] {
  const taken = new Set(log.turns.flatMap((turn) => turn.repliesTo));
  return log.turns
    .filter((turn) => turn.speaker === HUMAN && !taken.has(turn.n))
    .flatMap((turn): Route[] => {
      const persona =
        log.debate.panel.personas.find(({ id }) => id === turn.data.to) ?? readerOf(log, reading, turn.text);
      const issue = inLanguage(
        { en: `what ${speakerName(log.debate, turn)} said`, es: `lo que dijo ${speakerName(log.debate, turn)}` },
        log.debate.language,
      );
      return persona ? [{ speaker: persona.id, to: [turn.n], why: 'human', issue }] : [];
    });
}

/** The persona whose lens finds the most in what the words find in the article. */
function readerOf(log: Log, reading: Reading, words: string): Persona | undefined {
  const found = reading.search(words);
  return best(log.debate.panel.personas, (persona) => {
    const lens = reading.search((reading.language === 'es' ? persona.lens.es : persona.lens.en).join(' '));
    return [...found].reduce((sum, [index, score]) => sum + score * (lens.get(index) ?? 0), 0);
  });
}

/** Those least heard take up the latest quote of somebody else, or an axis nobody touched. */
function unheard(log: Log, reading: Reading, left: readonly string[], routes: readonly Route[]): Route[] {
  const busy = new Set(routes.map((route) => route.speaker));
  const count = (persona: Persona) => log.turns.filter((turn) => turn.speaker === persona.id).length;
  const free = log.debate.panel.personas.filter(({ id }) => !busy.has(id)).toSorted((a, b) => count(a) - count(b));
  const heard = heardIn(log, reading).filter(({ turn }) => isPersona(log, turn));
  return free.slice(0, Math.max(0, LEAST_ROUTES - routes.length)).flatMap((persona, at): Route[] => {
    const others = heard.filter(({ turn }) => turn.speaker !== persona.id);
    const about = others.at(-1 - at) ?? others.at(-1);
    if (!about) return [];
    const topic = left[at] ?? named(topicOf(reading, about.sentence) ?? about.sentence.section);
    return [{ speaker: persona.id, to: [about.turn.n], why: 'unheard', issue: topic }];
  });
}

/** A speaker takes up a turn once, and speaks at most twice a round. */
function distinct(routes: readonly Route[]): Route[] {
  const seen = new Set<string>();
  const times = new Map<string, number>();
  return routes.filter(({ speaker, to }) => {
    const key = `${speaker}:${to.join(',')}`;
    if (seen.has(key) || (times.get(speaker) ?? 0) >= 2) return false;
    times.set(speaker, (times.get(speaker) ?? 0) + 1);
    return seen.add(key);
  });
}
