/** Verbs as commands: whatever the host has, in both languages, within Discord's rules. */
import { describe, expect, test } from '@jest/globals';
import type { LocalizationMap } from 'discord.js';
import { renderCommands } from '../../adapters/discord/commands.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import { verbs } from '../../src/verbs/registry.ts';

interface Shown {
  readonly name: string;
  readonly name_localizations?: LocalizationMap | null | undefined;
  readonly description: string;
  readonly description_localizations?: LocalizationMap | null | undefined;
}

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;

function options(all: readonly VerbDefinition[] = verbs, name = 'debate') {
  const root = renderCommands(all).find((command) => command.name === name);
  if (!root || !('options' in root)) throw new Error(`no /${name}`);
  return root.options ?? [];
}

/** Characters of names, descriptions and values, as Discord counts those of a command: all of them, in one language. */
function sizeOf(node: unknown, locale: string): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, each) => sum + sizeOf(each, locale), 0);
  if (typeof node !== 'object' || node === null) return 0;
  const fields = new Map(Object.entries(node));
  const text = (key: string) => {
    const localised: unknown = fields.get(`${key}_localizations`);
    const there = typeof localised === 'object' && localised !== null ? new Map(Object.entries(localised)) : null;
    return String(there?.get(locale) ?? fields.get(key) ?? '').length;
  };
  const lists = sizeOf(fields.get('options'), locale) + sizeOf(fields.get('choices'), locale);
  return text('name') + text('description') + text('value') + lists;
}

describe.each([
  ['debate', undefined],
  ['panel', 'table'],
  ['calendar', 'calendar'],
])('/%s', (root, about) => {
  const rendered = options(verbs, root);

  test('has every verb of its own, named in both languages', () => {
    const own = verbs.filter((verb) => verb.about === about);
    expect(rendered.map((each) => [each.name, each.name_localizations])).toEqual(
      own.map(({ name, word: { en, es } }) => [name, { 'en-US': en, 'en-GB': en, 'es-ES': es, 'es-419': es }]),
    );
  });

  test('keeps to the letters and lengths Discord allows, in every language', () => {
    expect(rendered.length).toBeLessThanOrEqual(25);
    for (const command of [
      ...rendered,
      ...rendered.flatMap((each): Shown[] => ('options' in each ? [...(each.options ?? [])] : [])),
    ]) {
      for (const name of [command.name, ...Object.values(command.name_localizations ?? {})]) {
        expect(name).toMatch(NAME);
        expect(name).toBe(name?.toLowerCase());
      }
      for (const text of [command.description, ...Object.values(command.description_localizations ?? {})]) {
        expect(text?.length).toBeGreaterThan(0);
        expect(text?.length).toBeLessThanOrEqual(100);
      }
    }
  });

  test('names are told apart in each language, what is required comes first', () => {
    for (const command of rendered) {
      const given = 'options' in command ? (command.options ?? []) : [];
      for (const locale of ['en-US', 'es-ES'] as const) {
        const names = given.map((each) => each.name_localizations?.[locale]);
        expect(new Set(names).size).toBe(names.length);
      }
      const required = given.map((each) => ('required' in each ? (each.required ?? false) : false));
      expect(required).toEqual(required.toSorted((one, other) => Number(other) - Number(one)));
    }
  });
});

describe('commands', () => {
  test('what may be a few things only is chosen from them, in both languages', () => {
    const vote = options().find(({ name }) => name === 'vote');
    const [position] = vote && 'options' in vote ? (vote.options ?? []) : [];
    expect(position).toMatchObject({ name: 'position', required: true });
    expect(position && 'choices' in position ? position.choices?.map(({ value }) => value) : []).toEqual([
      '3',
      '1',
      '0',
      '-1',
      '-3',
    ]);
  });

  test('every verb there is stands in one of them, and Discord takes their size', () => {
    const rendered = renderCommands(verbs).flatMap((command) => ('options' in command ? [command] : []));
    const names = rendered.flatMap(({ options: all }) => (all ?? []).map(({ name }) => name));
    expect(names.toSorted()).toEqual(verbs.map(({ name }) => name).toSorted());
    for (const command of rendered) expect(sizeOf(command, 'es-ES')).toBeLessThanOrEqual(8000);
    for (const command of rendered) expect(sizeOf(command, 'en-US')).toBeLessThanOrEqual(8000);
  });

  test('a verb added to the host is there without a line of this adapter', () => {
    const added: VerbDefinition = {
      name: 'vote',
      word: { en: 'vote', es: 'votar' },
      summary: { en: 'Vote', es: 'Votar' },
      may: 'anyone',
      args: [
        { name: 'side', word: { en: 'side', es: 'lado' }, summary: { en: 'Which', es: 'Cuál' }, required: true },
        {
          name: 'persona',
          word: { en: 'persona', es: 'persona' },
          summary: { en: 'Who', es: 'Quién' },
          required: false,
          choices: 'personas',
        },
      ],
    };
    expect(options([...verbs, added]).at(-1)).toMatchObject({
      name: 'vote',
      options: [
        { name: 'side', required: true, autocomplete: false },
        { name: 'persona', required: false, autocomplete: true },
      ],
    });
  });

  test('every verb is there, as Discord takes no more than it holds', () => {
    const there = renderCommands(verbs).flatMap((command) => ('options' in command ? (command.options ?? []) : []));
    expect(there.map(({ name }) => name).toSorted()).toEqual(verbs.map(({ name }) => name).toSorted());
  });

  test('files go with the verb that takes an article, and so does the menu', () => {
    const start = options().find((each) => each.name === 'start');
    expect(start).toMatchObject({
      options: expect.arrayContaining([expect.objectContaining({ name: 'file', type: 11 })]),
    });
    expect(renderCommands(verbs).at(-1)).toMatchObject({
      type: 3,
      name: 'Debate this',
      name_localizations: { 'es-ES': 'Debatir esto' },
    });
    const names = renderCommands(verbs.filter((verb) => verb.name !== 'start')).map(({ name }) => name);
    expect(names).toEqual(['debate', 'panel', 'calendar']);
  });
});
