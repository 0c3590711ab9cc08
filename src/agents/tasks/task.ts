import type { Cue } from '../../ports/voice.ts';
import type { Aliases } from '../aliases.ts';

/** What a move's speaker is told to do, besides who it is; one paragraph each. */
export type Task = (cue: Cue, aliases: Aliases) => readonly string[];
