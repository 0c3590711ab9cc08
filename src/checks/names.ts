/** Who is named in a text, and who should not have been spoken for. */
import { type Debate, inLanguage, type Log, type Persona, speakers } from '../debate.ts';
import { fold } from '../text/fold.ts';

/** Panellists a text calls by name in any language, in order of first mention. */
export function namedIn(text: string, panel: Debate['panel']): Persona[] {
  const said = plain(text);
  const found = speakers(panel).flatMap((persona) => {
    const at = Math.min(...allNames(persona).map((name) => indexOfName(said, plain(name))));
    return Number.isFinite(at) ? [{ persona, at }] : [];
  });
  return found.sort((a, b) => a.at - b.at).map((each) => each.persona);
}

/** The panellist a model means by an id or a shown name, accents and case aside. */
export function personaCalled(name: string, panel: Debate['panel']): Persona | undefined {
  const wanted = plain(name);
  return speakers(panel).find((persona) => [persona.id, ...allNames(persona)].some((each) => plain(each) === wanted));
}

/** The last turn of that speaker so far. */
export function lastTurnOf(log: Log, speakerId: string): number | undefined {
  return log.turns.findLast((turn) => turn.speaker === speakerId && turn.public)?.n;
}

/** A line that begins with a speaker's label, as `**AI Doomer:** …` or `[turn 4] AI Doomer: …`. */
export function labelAtStart(line: string, panel: Debate['panel']): { persona: Persona; rest: string } | null {
  const match = /^\s*(?:\[[^\]\n]{1,20}\]\s*)?[*_#\s]*([^:*\n]{2,40}?)[*_]*\s*(?:\([^)\n]{1,20}\))?\s*:[*_]*\s*/.exec(
    line,
  );
  if (!match?.[1]) return null;
  const persona = personaCalled(match[1], panel);
  return persona ? { persona, rest: line.slice(match[0].length) } : null;
}

export function shownName(persona: Persona, log: Pick<Log, 'debate'>): string {
  return inLanguage(persona.name, log.debate.language);
}

function allNames(persona: Persona): string[] {
  return [...new Set([persona.name.en, persona.name.es])];
}

function indexOfName(said: string, name: string): number {
  // A text names few of the panel, and a pattern costs much more to make than a look.
  if (!said.includes(name)) return Number.POSITIVE_INFINITY;
  const match = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, 'u').exec(said);
  return match?.index ?? Number.POSITIVE_INFINITY;
}

function plain(text: string): string {
  return fold(text).replace(/^@/, '').trim();
}
