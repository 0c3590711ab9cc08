/** Lays the checked synthesis out as the debate's last words, to be read on a phone. */
import {
  inLanguage,
  type Log,
  type Risk,
  type Stance,
  type Swing,
  type Synthesis,
  speaker,
  speakerName,
  type Tally,
} from '../debate.ts';
import { broughtNothing } from '../formats/rounds.ts';
import { meanOf, NO_VOTES, peopleIn } from '../host/votes.ts';
import { endingWords, nothingNewWords } from '../text/words.ts';
import { shownRange } from './figures.ts';
import { gateNote } from './gate-costs.ts';
import { turnAt } from './mentions.ts';
import { shownStance } from './private.ts';
import { laySince } from './since.ts';
import { stanceMoves } from './stances.ts';

export function laySynthesis(synthesis: Synthesis, log: Log): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? `### ${title}\n\n${lines.join('\n')}` : '';
  const confidence =
    synthesis.confidence === null ? '' : ` (${say('confidence', 'confianza')} ${Math.round(synthesis.confidence)} %)`;
  return [
    endedEarly(log),
    synthesis.recap,
    synthesis.answer && `### ${say('Answer', 'Respuesta')}\n\n${synthesis.answer}${confidence}`,
    outcome(synthesis, log),
    laySince(synthesis.since, log),
    section(
      say('Where the panel met', 'Donde la mesa coincidió'),
      synthesis.agreements.map((point) => agreement(point, log)),
    ),
    section(
      say('Where it parted', 'Donde se separó'),
      synthesis.disagreements.map((point) => disagreement(point, log)),
    ),
    stanceTable(log),
    section(
      say('Objections on file', 'Objeciones que constan'),
      synthesis.minority.map((point) => `- **${nameOf(point.speaker, log)}:** ${point.text}`),
    ),
    section(
      say('Open questions', 'Preguntas abiertas'),
      synthesis.open.map((point) => openPoint(point, log)),
    ),
    section(
      say('Next steps', 'Próximos pasos'),
      synthesis.nextSteps.map((step, at) => `${at + 1}. ${step}`),
    ),
    synthesis.plainWords && `### ${say('In plain words', 'En palabras sencillas')}\n\n${synthesis.plainWords}`,
    footnotes(synthesis, log),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function agreement(point: Synthesis['agreements'][number], log: Log): string {
  const quote = point.turns.flatMap((n) => turnAt(log, n)?.quotes ?? []).find((each) => each.verified);
  const evidence = quote && !point.text.includes(quote.text) ? `\n  > “${quote.text}”` : '';
  return `- ${point.text} ${turnList(point.turns, log)}${evidence}`;
}

function disagreement(point: Synthesis['disagreements'][number], log: Log): string {
  const settled = inLanguage({ en: 'What would settle it', es: 'Qué lo resolvería' }, log.debate.language);
  const positions = point.positions.map(
    (position) => `  - **${nameOf(position.speaker, log)}:** ${position.text} ${turnList(position.turns, log)}`,
  );
  return [`- **${point.issue}**`, ...positions, point.settledBy && `  - *${settled}:* ${point.settledBy}`]
    .filter(Boolean)
    .join('\n');
}

function openPoint(point: Synthesis['open'][number], log: Log): string {
  const to = point.to ? ` → ${nameOf(point.to, log)}` : '';
  return `- ${point.text}${to} ${turnList([point.turn], log)}`;
}

function stanceTable(log: Log): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  const rows = stanceMoves(log).map((move) => {
    const shown = ({ stance, confidence }: Stance) => shownStance({ stance, confidence }, log);
    const moved = move.after !== null && move.after.stance !== move.before.stance;
    const because = move.because === null ? say('unexplained', 'sin explicar') : turnList([move.because], log);
    const after = move.after ? shown(move.after) : '–';
    return `| ${nameOf(move.speaker, log)} | ${shown(move.before)} | ${after} | ${moved ? because : ''} |`;
  });
  rows.push(...peoplesRow(log));
  if (rows.length === 0) return '';
  const head = say('| Who | Before | After | Moved by |', '| Quién | Antes | Después | Lo movió |');
  return [`### ${say('Positions', 'Posiciones')}`, [head, '| --- | --- | --- | --- |', ...rows].join('\n')].join(
    '\n\n',
  );
}

/** What people voted, on the same scale; on average, with how many. */
function peoplesRow({ debate }: Log): string[] {
  const { before, after } = debate.votes ?? NO_VOTES;
  const shown = (tally: Tally) => {
    const mean = meanOf(tally);
    return mean === null ? '–' : `${mean > 0 ? '+' : ''}${Math.round(mean * 10) / 10} (${peopleIn(tally)})`;
  };
  const who = inLanguage({ en: 'People (votes)', es: 'El público (votos)' }, debate.language);
  return peopleIn(before) + peopleIn(after) === 0 ? [] : [`| ${who} | ${shown(before)} | ${shown(after)} | |`];
}

function endedEarly(log: Log): string {
  const { ending, language } = log.debate;
  if (ending) return `*${inLanguage(endingWords[ending], language)}*`;
  const notes = log.turns.findLast((turn) => turn.kind === 'notes' || turn.kind === 'synthesis');
  return notes && broughtNothing(notes) ? `*${inLanguage(nothingNewWords, language)}*` : '';
}

/** What the format counted: the vote, the ranking, the range, the definitions. */
function outcome({ swing, risks, range, definitions }: Synthesis, log: Log): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  return [
    swing && `### ${say('Verdict by swing', 'Veredicto por vuelco')}\n\n${swingWords(swing, say)}`,
    range &&
      `### ${say('Where the estimates lie', 'Dónde quedan las estimaciones')}\n\n${shownRange(range, log.debate.language)}`,
    risks &&
      risks.length > 0 &&
      `### ${say('How it may fail, the worst first', 'Cómo puede fallar, lo peor primero')}\n\n${risks.map((risk, at) => riskLine(risk, at, log)).join('\n')}`,
    definitions &&
      definitions.length > 0 &&
      `### ${say('What the words came to mean', 'Qué vinieron a significar las palabras')}\n\n${definitions.map(({ term, text, turns }) => `- **${term}:** ${text} ${turnList(turns, log)}`).join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function swingWords({ before, after, winner }: Swing, say: (en: string, es: string) => string): string {
  const votes = ({ for: yes, against, undecided }: Swing['before']) =>
    say(
      `${yes} for, ${against} against, ${undecided} undecided`,
      `${yes} a favor, ${against} en contra, ${undecided} sin decidir`,
    );
  const total = after.for + after.against + after.undecided;
  if (total === 0) return say('Nobody voted.', 'No votó nadie.');
  const who =
    winner === 'for'
      ? say('The motion gained more: the bench for it wins.', 'La moción ganó más apoyo: vence la bancada a favor.')
      : winner === 'against'
        ? say(
            'The motion lost support: the bench against it wins.',
            'La moción perdió apoyo: vence la bancada en contra.',
          )
        : say('Neither bench moved the audience: a draw.', 'Ninguna bancada movió al público: empate.');
  return `${who}\n\n- ${say('Before', 'Antes')}: ${votes(before)}\n- ${say('After', 'Después')}: ${votes(after)}`;
}

function riskLine({ text, likelihood, harm, mitigation, turns }: Risk, at: number, log: Log): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  const weight = say(`likelihood ${likelihood}/5, harm ${harm}/5`, `probabilidad ${likelihood}/5, daño ${harm}/5`);
  const remedy = mitigation || say('none offered', 'nadie ofreció ninguno');
  return `${at + 1}. **${text}** (${weight}) ${turnList(turns, log)}\n   - *${say('Mitigation', 'Remedio')}:* ${remedy}`;
}

function footnotes(synthesis: Synthesis, log: Log): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  const dropped = synthesis.dropped.length;
  return [
    log.article === null &&
      say('No article was given, so nothing here is quoted.', 'No se dio ningún artículo: aquí no hay citas.'),
    gateNote(log),
    dropped > 0 &&
      say(
        `${dropped} point(s) left out because the record does not bear them out.`,
        `${dropped} punto(s) fuera porque el registro no los sostiene.`,
      ),
  ]
    .filter(Boolean)
    .map((line) => `*${line}*`)
    .join('\n\n');
}

function turnList(turns: readonly number[], log: Log): string {
  const one = inLanguage({ en: 'turn', es: 'turno' }, log.debate.language);
  const many = inLanguage({ en: 'turns', es: 'turnos' }, log.debate.language);
  return `(${turns.length === 1 ? one : many} ${turns.join(', ')})`;
}

function nameOf(id: string, log: Log): string {
  const persona = speaker(log.debate.panel, id);
  return persona ? inLanguage(persona.name, log.debate.language) : personName(id, log);
}

function personName(id: string, log: Log): string {
  const turn = log.turns.find((each) => each.speaker === id || each.data.author?.name === id);
  return turn ? speakerName(log.debate, turn) : id;
}
