/** What people can do, each defined once; adapters render whatever stands here. */
import { ask } from './ask.ts';
import { rate } from './rate.ts';
import { exportVerb, list, show, status } from './read.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { pause, resume, round, stop } from './steer.ts';
import { panels, personas } from './table.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [
  start,
  status,
  pause,
  resume,
  stop,
  round,
  ask,
  exportVerb,
  rate,
  list,
  show,
  panels,
  personas,
  settings,
];
