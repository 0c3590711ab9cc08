/** Scheduling from the command line, for a channel of a platform that the bot serves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openStore } from '../../db/connect.ts';
import { addSchedule, type ScheduleOptions, steerSchedule } from '../../src/cli/schedule.ts';
import { type Config, readConfig } from '../../src/config.ts';

/** ms: a new PGlite takes seconds of CPU, on a busy machine many. */
jest.setTimeout(120_000);

let config: Config;
beforeAll(async () => {
  config = { ...readConfig({}), dataDir: await mkdtemp(join(tmpdir(), 'tertulia-schedule-')), language: 'en' };
});
afterAll(() => rm(config.dataDir, { recursive: true, force: true }));

const there: ScheduleOptions = { in: 'discord/guild/papers' };
async function printed(act: (print: (line: string) => Promise<void>) => Promise<void>): Promise<string> {
  const lines: string[] = [];
  await act(async (line) => void lines.push(line));
  return lines.join('\n');
}

test('the next runs are shown, and what was said yes to is the bot’s to hold, in that channel', async () => {
  const options = { ...there, zone: 'Madrid', ahead: '30', missed: 'skip', budgetTokens: '50000' };
  const what = '2502.21321 | 2502.11111';
  const shown = await printed((print) => addSchedule(config, process, ['every Monday 9:00', what], options, print));
  expect(shown).toContain('every Monday at 9:00 · a list of 2');
  expect(shown.match(/^- Mon, /gm)).toHaveLength(5);
  expect(shown).not.toContain('is active');
  const active = await printed((print) =>
    addSchedule(config, process, ['daily', what], { ...there, yes: true }, print),
  );
  const id = /Schedule (\w+) is active/.exec(active)?.[1] ?? '';
  expect(await printed((print) => steerSchedule(config, 'schedules', {}, { in: 'discord/guild' }, print))).toMatch(
    new RegExp(`^- \\*\\*${id}\\*\\* · every day at 9:00 · a list of 2, [^\\n]*$`),
  );
  await expect(
    printed((print) => steerSchedule(config, 'skip', { schedule: id }, { in: 'slack/other' }, print)),
  ).rejects.toThrow(/Nothing is scheduled here/);
  const store = await openStore(config);
  const [kept] = await store.schedules.due(new Date(Date.now() + 86_400_000));
  await store.close();
  expect(kept).toMatchObject({ workspace: 'guild', id });
});

test.each([undefined, 'discord', 'discord/guild', 'discord/guild/papers/more'])(
  '--in %s does not say where',
  async (where) => {
    const options = where === undefined ? {} : { in: where };
    await expect(addSchedule(config, process, ['daily', '2502.21321'], options, async () => undefined)).rejects.toThrow(
      /--in PLATFORM\/WORKSPACE\/CHANNEL/,
    );
  },
);
