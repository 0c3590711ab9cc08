/** Checks a statement or a reply: quotes, length, language, and that nobody is spoken for. */
import { detectLanguage } from '../article/language.ts';
import {
  centralQuestion,
  EVERYBODY,
  type Log,
  type Move,
  type Persona,
  type Question,
  type TurnData,
} from '../debate.ts';
import type { Checked } from './checked.ts';
import { keepLength } from './length.ts';
import { type LastLines, takeLines } from './lines.ts';
import { missingIn, withoutMissing } from './mentions.ts';
import { labelAtStart, lastTurnOf, namedIn, shownName } from './names.ts';
import { resolveQuotes } from './quoting.ts';
import { reasoned, unexplained } from './stances.ts';

/** Fewer words than this say too little about their language to send them back. */
const LEAST_FOR_LANGUAGE = 15;

export function checkProse(said: string, log: Log, move: Move, persona: Persona): Checked {
  const problems: string[] = [];
  const lines = takeLines(withoutFence(said));
  const gone = missingIn(lines.text, log);
  if (gone !== '') problems.push(`You speak of turn ${gone}, which nobody heard. Name only turns that are there.`);
  const own = onlyOwnWords(withoutMissing(lines.text, log), log, persona);
  if (own.spokeFor.length > 0) {
    problems.push(
      `You wrote lines for ${own.spokeFor.join(' and ')}. Speak only as ${shownName(persona, log)}, in your own voice.`,
    );
  }
  const spoken = [centralQuestion(log), ...log.turns.map((turn) => turn.text)].join('\n');
  const quoting = resolveQuotes(own.text, log.article, log.debate.language, spoken);
  for (const words of quoting.unfound) {
    problems.push(
      `"${words}" is not in the article. Quote it word for word with its passage number, or say it without quotation marks.`,
    );
  }
  const { text, cut } = keepLength(quoting.text, log.debate.limits.words, log.debate.language);
  if (text === '') problems.push('You said nothing. Speak your turn.');
  if (wrongLanguage(text, log)) problems.push(`Write in the language of the debate (${log.debate.language}).`);
  if (text === '') return { settled: null, problems };
  const quotes = quoting.quotes.filter((quote) => text.includes(quote.text));
  const addressed = namingWhomItAnswers(text, log, move);
  const asks = move.purpose === 'inquiry' ? toEverybody(addressed, log) : questionsIn(addressed, log, persona);
  const figures = figuresOf(lines, log, move, persona);
  problems.push(...figures.problems);
  if (move.purpose === 'inquiry' && asks.length === 0) problems.push('You asked nothing: end with ONE question.');
  const mended = [
    ...(cut ? ['cut to its length'] : []),
    ...(own.spokeFor.length > 0 ? ['words for others removed'] : []),
  ];
  return {
    settled: {
      text: addressed,
      quotes,
      data: { ...figures.data, ...(asks.length > 0 && { asks }), ...(mended.length > 0 && { mended }) },
      repliesTo: repliesTo(addressed, log, move, persona),
    },
    problems,
  };
}

function withoutFence(text: string): string {
  const fenced = /^```\w*\n([\s\S]*?)\n?```$/.exec(text.trim());
  return (fenced?.[1] ?? text).trim();
}

/** What the last line says in figures, where the move asks for it: who argues by assignment takes no position of its own. */
function figuresOf(lines: LastLines, log: Log, move: Move, persona: Persona): { data: TurnData; problems: string[] } {
  const { stance, failure, estimate } = lines;
  // It reads out and weighs nothing.
  if (log.debate.voice === 'offline') return { data: {}, problems: [] };
  switch (move.purpose) {
    case 'for':
    case 'against':
    case 'defence':
    case 'inquiry':
    case 'answer':
      return { data: {}, problems: [] };
    case 'attack':
      return failure
        ? { data: { failure }, problems: [] }
        : { data: {}, problems: ['The last line is missing: [failure: in a few words, likelihood: 3, harm: 4].'] };
    case 'estimate':
    case 'revision':
      return estimate
        ? { data: { estimate }, problems: [] }
        : { data: {}, problems: ['The last line is missing: [estimate: 40, from: 20, to: 60, confidence: 80%].'] };
    default: {
      if (!stance) return { data: {}, problems: [] };
      const known = reasoned(stance, log, persona);
      return { data: { stance: known }, problems: unexplained(known, log, persona) };
    }
  }
}

/** The last question is the one the others are to answer. */
function toEverybody(text: string, log: Log): Question[] {
  const sentences = [...new Intl.Segmenter(log.debate.language, { granularity: 'sentence' }).segment(text)];
  const last = sentences.findLast(({ segment }) => segment.trim().endsWith('?'));
  return last ? [{ to: EVERYBODY, text: last.segment.trim() }] : [];
}

/** Drops a label with the speaker's own name, and everything from where it begins to speak for somebody else. */
function onlyOwnWords(text: string, log: Log, persona: Persona): { text: string; spokeFor: string[] } {
  const lines = text.split('\n');
  const first = labelAtStart(lines[0] ?? '', log.debate.panel);
  if (first?.persona.id === persona.id) lines[0] = first.rest;
  const labels = lines.map((line) => labelAtStart(line, log.debate.panel)?.persona);
  const others = labels.filter((other) => other !== undefined && other.id !== persona.id);
  if (others.length === 0) return { text: lines.join('\n').trim(), spokeFor: [] };
  // "AI Doomer: I disagree with you" addresses; a second label is a script.
  const script = labels.filter((label) => label !== undefined).length > 1 || labels[0] === undefined;
  if (!script) return { text: lines.join('\n').trim(), spokeFor: [] };
  const from = labels.findIndex((label) => label !== undefined && label.id !== persona.id);
  const kept = from === 0 ? lines.filter((_, at) => labels[at] === undefined) : lines.slice(0, from);
  const names = [...new Set(others.flatMap((other) => (other ? [shownName(other, log)] : [])))];
  return { text: kept.join('\n').trim(), spokeFor: names };
}

function wrongLanguage(text: string, log: Log): boolean {
  const own = text.replace(/“[^”]*”(?: \([^)]*\))?/gu, ' ');
  if (own.split(/\s+/).filter(Boolean).length < LEAST_FOR_LANGUAGE) return false;
  // Where it can't be told, it is nobody's mistake.
  return (detectLanguage(own) ?? log.debate.language) !== log.debate.language;
}

/** A directed reply says whom it answers: where the voice forgot, an arrow does. */
function namingWhomItAnswers(text: string, log: Log, move: Move): string {
  const targets = log.turns.filter((turn) => move.to.includes(turn.n));
  if (move.kind !== 'reply' || targets.length === 0) return text;
  const named = new Set(namedIn(text, log.debate.panel).map((each) => each.id));
  const people = targets.flatMap((turn) => turn.data.author?.name ?? []);
  if (targets.some((turn) => named.has(turn.speaker)) || people.some((name) => text.includes(name))) return text;
  const names = targets.map((turn) => {
    const persona = [log.debate.panel.coordinator, ...log.debate.panel.personas].find(
      (each) => each.id === turn.speaker,
    );
    return persona ? shownName(persona, log) : (turn.data.author?.name ?? turn.speaker);
  });
  return `→ ${[...new Set(names)].join(', ')}. ${text}`;
}

/** Sentences that end in a question mark and name who should answer. */
function questionsIn(text: string, log: Log, persona: Persona): Question[] {
  // A segmenter costs more than all other checks together.
  if (!text.includes('?')) return [];
  const bare = text.replace(/“[^”]*”(?: \([^)]*\))?/gu, (quote) => quote.replace(/[?.!]/g, ' '));
  const sentences = [...new Intl.Segmenter(log.debate.language, { granularity: 'sentence' }).segment(bare)];
  return sentences.flatMap(({ segment, index }) => {
    if (!segment.trim().endsWith('?')) return [];
    const to = namedIn(segment, log.debate.panel).find((each) => each.id !== persona.id && each.role === 'persona');
    return to ? [{ to: to.id, text: text.slice(index, index + segment.length).trim() }] : [];
  });
}

/** What the move was told to take up, and the last words of whoever else is named. */
function repliesTo(text: string, log: Log, move: Move, persona: Persona): number[] {
  const taken = new Set(log.turns.filter((turn) => move.to.includes(turn.n)).map((turn) => turn.speaker));
  const named = namedIn(text, log.debate.panel)
    .filter((each) => each.id !== persona.id && each.role === 'persona' && !taken.has(each.id))
    .flatMap((each) => lastTurnOf(log, each.id) ?? []);
  return [...new Set([...move.to, ...named])].sort((a, b) => a - b);
}
