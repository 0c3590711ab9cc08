/** What a voice said for a move, as the turn it may become. */
import type { Log, Move, Persona } from '../debate.ts';
import type { Checked } from './checked.ts';
import { checkChoice } from './choice.ts';
import { checkDigest } from './digest.ts';
import { checkNotes } from './notes.ts';
import { checkOpening } from './opening.ts';
import { checkStance, checkVerdict } from './private.ts';
import { checkProse } from './prose.ts';
import { checkSignoff } from './signoff.ts';
import { checkDraft, checkSynthesis } from './synthesis.ts';

export function check(said: string, log: Log, move: Move, persona: Persona): Checked {
  switch (move.kind) {
    case 'choice':
      return checkChoice(said, log);
    case 'opening':
      return checkOpening(said, log);
    case 'notes':
      return checkNotes(said, log);
    case 'stance':
      return checkStance(said, log, persona);
    case 'verdict':
      return checkVerdict(said, log, move, persona);
    case 'draft':
      return checkDraft(said, log);
    case 'signoff':
      return checkSignoff(said, log, move);
    case 'synthesis':
      return move.purpose === 'digest' ? checkDigest(said, log) : checkSynthesis(said, log);
    case 'statement':
    case 'reply':
      return checkProse(said, log, move, persona);
    case 'gate':
    case 'feedback':
      throw new Error(`move ${move.key} is the program's own: no voice is asked for it`);
  }
}
