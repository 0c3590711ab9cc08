/**
 * What panellists are called in prompts. Who knows that a claim is the expert's defers to the name (arXiv 2510.07517):
 * so models read and write "Participant B", by seat, and readers get the names. All prompts of a debate use the same
 * names, or no prompt would repeat the beginning of another.
 */
import { type Debate, inLanguage, type Persona } from '../debate.ts';
import type { Listener } from '../ports/voice.ts';

export interface Aliases {
  /** How prompts call a speaker of the panel. */
  of(persona: Persona): string;
  /** A text of the debate as prompts show it. */
  hide(text: string): string;
  /** What a model wrote, as readers get it. */
  show(text: string): string;
  /** Hears what a model says as readers get it; `end` after the last of it. */
  showing(listener: Listener): Listener & { end(): void };
}

type Named = Pick<Debate, 'panel' | 'language'>;

/** Everybody by their own name. */
export function openNames({ language }: Named): Aliases {
  return {
    of: ({ name }) => inLanguage(name, language),
    hide: (text) => text,
    show: (text) => text,
    showing: (listener) => ({ ...listener, end: () => undefined }),
  };
}

export function seatLetters({ panel, language }: Named): Aliases {
  const title = inLanguage({ en: 'Participant', es: 'Participante' }, language);
  const name = (persona: Persona) => inLanguage(persona.name, language);
  const byLetter = new Map(panel.personas.map((persona, seat) => [letter(seat), name(persona)]));
  const byName = new Map(panel.personas.map((persona, seat) => [name(persona), `${title} ${letter(seat)}`]));
  const longestFirst = [...byName.keys()].toSorted((a, b) => b.length - a.length).map((each) => RegExp.escape(each));
  // Quotes are the article's own words, and stay as they are.
  const names = new RegExp(`“[^”]*”|(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  const show = (text: string) => shown(text, byLetter);
  return {
    of: (persona) => byName.get(name(persona)) ?? name(persona),
    hide: (text) => (byName.size === 0 ? text : text.replace(names, (found) => byName.get(found) ?? found)),
    show,
    showing: (listener) => showing(listener, show),
  };
}

/** Without I and O: "Participants A and B, I think" has two of them. */
const LETTERS = 'ABCDEFGHJKLMN';

function letter(seat: number): string {
  return LETTERS[seat] ?? String(seat + 1);
}

const ONE = /(?<!\p{L})Participante?\s+([A-HJ-N])(?![\p{L}\p{N}])/gu;
const SEVERAL =
  /(?<!\p{L})Participante?s\s+([A-HJ-N](?:(?:,\s*|,?\s+(?:and|y|e|or|o|u)\s+)[A-HJ-N])*)(?![\p{L}\p{N}])/gu;

/** `Participant B` and `Participants B and C`; a letter nobody sits at is left as it is. */
function shown(text: string, byLetter: ReadonlyMap<string, string>): string {
  return text
    .replace(SEVERAL, (whole, list: string) => {
      const letters = list.match(/(?<!\p{L})[A-HJ-N](?!\p{L})/gu) ?? [];
      if (!letters.every((each) => byLetter.has(each))) return whole;
      return list.replace(/(?<!\p{L})[A-HJ-N](?!\p{L})/gu, (each) => byLetter.get(each) ?? each);
    })
    .replace(ONE, (whole, each: string) => byLetter.get(each) ?? whole);
}

/** The end of a text that may be the beginning of such a name, or of a list of them. */
const BEGUN = /(?<!\p{L})(?:P[a-z]{0,11}|Participante?s?\s(?:[A-HJ-N](?:[\s,andyeoru]{0,6}[A-HJ-N]?){0,6})?)$/u;
const TITLES = ['Participants ', 'Participantes '];

function begun(text: string): number {
  const match = BEGUN.exec(text);
  if (!match) return text.length;
  const word = match[0].replace(/\s[\s\S]*$/, '');
  return TITLES.some((title) => title.startsWith(word)) ? match.index : text.length;
}

function showing(listener: Listener, show: (text: string) => string): Listener & { end(): void } {
  if (listener.isDeaf) return { ...listener, end: () => undefined };
  let kept = '';
  const tell = (text: string) => {
    if (text !== '') listener.text(show(text));
  };
  return {
    ...listener,
    text(delta) {
      const text = kept + delta;
      const at = begun(text);
      tell(text.slice(0, at));
      kept = text.slice(at);
    },
    restart() {
      kept = '';
      listener.restart();
    },
    end() {
      tell(kept);
      kept = '';
    },
  };
}
