/** Who may do what in a workspace, and how much. */
import { roleNames } from '../host/rights.ts';
import { changedSettings, describeSettings, settingArguments } from '../host/settings.ts';
import type { Verb } from './verb.ts';

export const settings: Verb = {
  name: 'settings',
  word: { en: 'settings', es: 'ajustes' },
  summary: { en: 'Who may do what here, and how much', es: 'Quién puede hacer qué aquí, y cuánto' },
  may: 'admin',
  args: settingArguments,
  async run({ store, adapter, args, incoming }) {
    const { workspace } = incoming.place;
    const before = await store.settings(workspace);
    const after = changedSettings(before, args);
    if (Object.keys(args).length > 0) await store.saveSettings(workspace, after);
    const { start, steer, schedule, personas } = after.roles;
    const named = (roles: readonly string[]) => roleNames(adapter, workspace, roles);
    const names = {
      start: await named(start),
      steer: await named(steer),
      schedule: await named(schedule),
      personas: await named(personas),
    };
    return { text: describeSettings(after, names, incoming.language) };
  },
};
