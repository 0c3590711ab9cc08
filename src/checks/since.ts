/** What a follow-up changed: each point it took up again, answered or still open, and how the panel moved. */
import { type Earlier, inLanguage, type Log, type Since, type Stance, speaker } from '../debate.ts';
import type { SynthesisDraft } from '../spoken.ts';
import { turnAt } from './mentions.ts';
import { shownName } from './names.ts';
import { shownStance } from './private.ts';
import { stanceMoves } from './stances.ts';

/** Why a point is not reported as it was told. */
type Complain = (en: string, es: string) => void;

/** undefined: the debate follows none. A point counts as answered only on turns of the panel or of people that exist. */
export function sinceOf(reported: SynthesisDraft['reopened'], log: Log, complain: Complain): Since | undefined {
  const earlier = followedBy(log);
  if (!earlier) return undefined;
  const reopened = earlier.reopens.map(({ text }, at) => {
    const told = reported.find(({ n }) => n === at + 1);
    const open = { text, answered: false, how: '', turns: [] };
    if (!told) return open;
    const turns = told.turns.filter((n) => isSomebodys(n, log));
    if (told.answered && (turns.length === 0 || turns.length < told.turns.length)) {
      const given = told.turns.join(', ') || '–';
      complain(
        `Reopened point ${at + 1}: turns ${given} are not turns of the panel or the audience that answer it.`,
        `Punto retomado ${at + 1}: los turnos ${given} no son de la mesa ni del público.`,
      );
    }
    return { text, answered: told.answered && turns.length > 0, how: turns.length > 0 ? told.how : '', turns };
  });
  return { reopened, stances: stancesSince(log) };
}

/** The earlier debate that this one was begun to follow. */
function followedBy({ debate }: Pick<Log, 'debate'>): Earlier | null {
  return debate.earlier?.relation === 'followed' ? debate.earlier : null;
}

export function stancesSince(log: Log): Since['stances'] {
  const now = new Map(stanceMoves(log).map(({ speaker: id, before, after }) => [id, after ?? before]));
  return (followedBy(log)?.stances ?? []).flatMap(({ speaker: id, stance }) => {
    const here = now.get(id);
    return here ? [{ speaker: id, before: plain(stance), after: plain(here) }] : [];
  });
}

function plain({ stance, confidence }: Stance): Stance {
  return { stance, confidence };
}

function isSomebodys(n: number, log: Log): boolean {
  const turn = turnAt(log, n);
  return turn?.public === true && turn.speaker !== log.debate.panel.coordinator.id;
}

/** As a section of the closing; '' where nothing is followed. */
export function laySince(since: Since | undefined, log: Log): string {
  const earlier = followedBy(log);
  if (!since || !earlier) return '';
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  const points = since.reopened.map(({ text, answered, how, turns }) => {
    const state = answered ? `✔ ${say('answered', 'respondida')}` : `○ ${say('still open', 'sigue abierta')}`;
    const where = turns.length > 0 ? ` (${say('turns', 'turnos')} ${turns.join(', ')})` : '';
    return `- **${text}** ${state}${where}${how ? `: ${how}` : ''}`;
  });
  const rows = since.stances.map(({ speaker: id, before, after }) => {
    const persona = speaker(log.debate.panel, id);
    return `| ${persona ? shownName(persona, log) : id} | ${shownStance(before, log)} | ${shownStance(after, log)} |`;
  });
  const table = [say('| Who | Then | Now |', '| Quién | Entonces | Ahora |'), '| --- | --- | --- |', ...rows];
  return [
    `### ${say('What changed since', 'Qué ha cambiado desde')} ${earlier.day}`,
    points.join('\n') || say('Nothing had been left open.', 'No había quedado nada abierto.'),
    rows.length > 0 ? table.join('\n') : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}
