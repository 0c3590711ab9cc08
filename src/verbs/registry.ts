/** What people can do, each defined once; adapters render whatever stands here. */
import { ask } from './ask.ts';
import { check } from './check.ts';
import { dissent } from './dissent.ts';
import { formatsVerb } from './formats.ts';
import { answer, hear, vote } from './people.ts';
import { create, disable, edit, enable } from './personas.ts';
import { rate } from './rate.ts';
import { exportVerb, list, show, status } from './read.ts';
import { schedule, schedules } from './schedule.ts';
import { activate, now, skip, suspend, topic, unschedule } from './schedule-steer.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { extend, pause, resume, round, stop } from './steer.ts';
import { panels, personas, save } from './table.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [
  start,
  status,
  pause,
  resume,
  stop,
  round,
  ask,
  hear,
  extend,
  vote,
  answer,
  dissent,
  exportVerb,
  rate,
  list,
  show,
  search,
  panels,
  personas,
  formatsVerb,
  create,
  edit,
  disable,
  enable,
  save,
  check,
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
