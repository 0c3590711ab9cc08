/** A panel called together for one topic: from the library, or drafted; with the reason for each seat. */
import { inLanguage, type Language, type NewTurn, type Panel, type Persona, type Usage } from '../debate.ts';
import { InputError } from '../errors.ts';
import { seatsByLens } from '../personas/casting.ts';
import { draftPersona } from '../personas/draft.ts';
import { DEFAULT_PANEL, findPanel, type Library } from '../personas/library.ts';
import type { Caster, ProposedSeat, Topic } from '../ports/voice.ts';
import { safeLine } from '../text/safe.ts';
import { invited } from './invitations.ts';

/** What is asked for instead of a panel's name. */
export const AUTO = 'auto';

const LEAST_SEATS = 4;
const MOST_SEATS = 7;

export interface Cast {
  readonly panel: Panel;
  readonly seats: readonly CastSeat[];
  readonly usage: Usage | null;
  readonly model: string | null;
}

interface CastSeat {
  readonly persona: Persona;
  readonly why: string;
  /** Made for this topic: it is in no library until the panel is saved. */
  readonly drafted: boolean;
}

/** `caster`: null, or one that gives nothing usable: by what personas read for. */
export async function castPanel(
  topic: Topic,
  library: Library,
  caster: Caster | null,
  signal?: AbortSignal,
): Promise<Cast> {
  const candidates = [...library.personas.values()].filter(({ role }) => role === 'persona');
  const proposal = caster && (await caster.propose(topic, candidates, signal));
  const proposed = seatsProposed(proposal?.seats ?? [], library);
  const seats = proposed.length >= LEAST_SEATS ? proposed : filledUp(proposed, topic, library, candidates);
  const { coordinator } = findPanel(library, DEFAULT_PANEL);
  const name = { en: 'Called for this topic', es: 'Llamados para este tema' };
  return {
    panel: { id: AUTO, name, coordinator, personas: seats.map(({ persona }) => persona) },
    seats,
    usage: proposal?.usage ?? null,
    model: proposal?.model ?? null,
  };
}

/** What of a proposal can be had: personas there are, drafts that pass as anybody's would, nobody twice. */
function seatsProposed(seats: readonly ProposedSeat[], library: Library): CastSeat[] {
  const found: CastSeat[] = [];
  for (const seat of seats) {
    const why = safeLine(seat.why).slice(0, 300);
    const known = seat.persona === undefined ? undefined : library.personas.get(seat.persona);
    const persona = known ?? (seat.draft && drafted(seat.draft, library, found));
    if (persona?.role !== 'persona' || found.some((each) => each.persona.id === persona.id)) continue;
    found.push({ persona, why, drafted: !known });
  }
  return found.slice(0, MOST_SEATS);
}

function drafted(
  draft: NonNullable<ProposedSeat['draft']>,
  library: Library,
  before: readonly CastSeat[],
): Persona | undefined {
  const personas = new Map(library.personas);
  for (const { persona } of before) personas.set(persona.id, persona);
  try {
    return draftPersona(draft, { ...library, personas });
  } catch (error) {
    // A model that drafts somebody who cannot be loses that seat, not the debate.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function filledUp(
  seats: readonly CastSeat[],
  topic: Topic,
  library: Library,
  candidates: readonly Persona[],
): readonly CastSeat[] {
  const left = candidates.filter(({ id }) => !seats.some(({ persona }) => persona.id === id));
  const text = [topic.question, topic.article?.title, topic.article?.text].filter(Boolean).join('\n');
  const byLens = seatsByLens(text, topic.article?.language ?? topic.language, left, MOST_SEATS - 1 - seats.length);
  const more = byLens.map(({ persona, words }) => ({
    persona,
    why: lensReason(words, topic.language),
    drafted: false,
  }));
  const found = [...seats, ...more];
  if (found.length >= LEAST_SEATS) return found;
  // A topic that touches nobody's lens: those who debate anything.
  const anybody = findPanel(library, DEFAULT_PANEL).personas.filter(
    ({ id }) => !found.some(({ persona }) => persona.id === id),
  );
  const why = inLanguage(
    { en: 'has a word on any topic', es: 'tiene algo que decir de cualquier tema' },
    topic.language,
  );
  return [...found, ...anybody.map((persona) => ({ persona, why, drafted: false }))].slice(0, MOST_SEATS);
}

function lensReason(words: readonly string[], language: Language): string {
  const list = words
    .slice(0, 5)
    .map((word) => `*${word}*`)
    .join(', ');
  return inLanguage(
    { en: `reads for ${list}, of which this speaks`, es: `busca ${list}, de lo que aquí se habla` },
    language,
  );
}

/** A line a seat, Markdown. */
function seatsInWords(seats: readonly CastSeat[], language: Language): string {
  const made = inLanguage({ en: 'drafted for this topic', es: 'creada para este tema' }, language);
  const lines = seats.map(({ persona, why, drafted: isNew }) => {
    const who = `${persona.face} **${inLanguage(persona.name, language)}**${isNew ? ` (${made})` : ''}`;
    return why ? `- ${who}: ${why}` : `- ${who}`;
  });
  return lines.join('\n');
}

/** Who was called and why, as the first words of the debate; it carries what the choice cost. */
export function castTurn({ panel, seats, usage, model }: Cast, language: Language): NewTurn {
  const intro = { en: 'I call to this table:', es: 'Llamo a esta mesa a:' };
  return {
    key: 'cast',
    kind: 'cast',
    public: true,
    speaker: panel.coordinator.id,
    round: 0,
    text: `${inLanguage(intro, language)}\n\n${seatsInWords(seats, language)}`,
    repliesTo: [],
    answers: [],
    quotes: [],
    data: invited('cast'),
    usage,
    model,
  };
}
