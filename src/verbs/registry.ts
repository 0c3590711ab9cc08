/** What people can do, each defined once; adapters render whatever stands here. */
import { ask } from './ask.ts';
import { exportVerb, list, show, status } from './read.ts';
import { schedule, schedules } from './schedule.ts';
import { activate, now, skip, suspend, topic, unschedule } from './schedule-steer.ts';
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
  list,
  show,
  panels,
  personas,
  settings,
  schedule,
  schedules,
  activate,
  suspend,
  skip,
  topic,
  now,
  unschedule,
];
