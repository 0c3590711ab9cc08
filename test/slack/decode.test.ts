/** What people do on Slack, as acts; and what is kept of events. */
import { describe, expect, test } from '@jest/globals';
import {
  controlBlock,
  controlValue,
  formFor,
  invitationBlocks,
  readControl,
  readForm,
} from '../../adapters/slack/controls.ts';
import { decodeTyped, helpOn, isWritten, saidId } from '../../adapters/slack/decode.ts';
import { eventIn } from '../../adapters/slack/keeping.ts';
import { manifestFor, missingScopes, SCOPES } from '../../adapters/slack/manifest.ts';
import { encodeStanding } from '../../adapters/slack/status.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import { verbs } from '../../src/verbs/registry.ts';
import { emptyLog } from '../fakes/dialogue.ts';

const typed = (text: string) => decodeTyped(text, verbs, 'en', { panellists: [{ id: 'doomer', name: 'AI Doomer' }] });
const act = (text: string) => {
  const decoded = typed(text);
  return decoded.type === 'act' ? decoded.act : decoded;
};

describe('words after /debate, or after our name', () => {
  test.each([
    ['start https://e.org/a is it so?', 'start', { article: 'https://e.org/a', question: 'is it so?' }],
    ['empezar lang=es ¿merece la pena?', 'start', { question: 'lang=es ¿merece la pena?' }],
    ['empezar idioma=es ¿merece la pena?', 'start', { language: 'es', question: '¿merece la pena?' }],
    ['start 2502.21321v2 and why?', 'start', { article: '2502.21321v2', question: 'and why?' }],
    ['https://e.org/a', 'start', { article: 'https://e.org/a' }],
    ['Should we rewrite it?', 'start', { question: 'Should we rewrite it?' }],
    ['PAUSAR', 'pause', {}],
    ['ask AI Doomer, how likely?', 'ask', { persona: 'doomer', question: 'how likely?' }],
    ['preguntar doomer how "likely"?', 'ask', { persona: 'doomer', question: 'how "likely"?' }],
  ])('%s', (text, verb, args) => expect(act(text)).toEqual({ type: 'verb', verb, args }));

  test('a slip names the nearest verb, a verb what it lacks, help is help', () => {
    expect(() => typed('pasue')).toThrow('did you mean "pause"');
    expect(() => typed('frobnicate')).toThrow('/debate help');
    expect(() => typed('ask doomer')).toThrow('‹question›');
    expect(typed('ayuda')).toEqual({ type: 'help' });
    for (const { word } of verbs) expect(helpOn(verbs, 'es')).toContain(`/debate ${word.es}`);
  });
});

describe('what hangs under a message', () => {
  const thread = { adapter: 'slack', channel: 'C1', thread: '1.2' };
  const { debate } = emptyLog({ thread });

  test('carries its verb, debate and thread there and back', () => {
    const control = { verb: 'pause', debate: 'd1', channel: 'C1', thread: '1.2', args: {} };
    expect(readControl(controlValue(control))).toEqual(control);
    const known = { ...control, debate: '', thread: '', args: { schedule: 's 1&x', what: '¿vale?' } };
    expect(readControl(controlValue(known))).toEqual(known);
    expect(readControl('something else')).toBeNull();
    expect(readControl(undefined)).toBeNull();
    expect(readForm(JSON.stringify(control))).toEqual(control);
    expect(readForm('https://nowhere')).toBeNull();
  });

  test('every verb that makes sense is a button or in the menu, whatever verbs there are', () => {
    const added: VerbDefinition = {
      name: 'vote',
      word: { en: 'vote', es: 'votar' },
      summary: { en: 'Vote', es: 'Votar' },
      may: 'anyone',
      args: [],
      when: ['running'],
    };
    for (const status of ['running', 'paused', 'concluded', 'stopped', 'failed'] as const) {
      const shown = JSON.stringify(controlBlock([...verbs, added], debate, status));
      for (const verb of [...verbs, added].filter((each) => each.when?.includes(status))) {
        expect(shown).toContain(`"${verb.name} d1 C1 1.2"`);
      }
    }
    expect(controlBlock([], debate, 'running')).toBeNull();
    expect(controlBlock(verbs, emptyLog({ thread: { ...thread, thread: '' } }).debate, 'running')).toBeNull();
  });

  test('what readers are invited to is a button for each answer, a menu for many, a form for words; nothing unknown', () => {
    const invited = (verb: string, args = {}) =>
      invitationBlocks([{ verb, args }], verbs, { debate: 'd1', channel: 'C1', thread: '1.2' }, 'es');
    const vote = JSON.stringify(invited('vote'));
    for (const stance of [3, 1, 0, -1, -3]) expect(vote).toContain(`"vote d1 C1 1.2 position=${stance}"`);
    expect(vote).toContain('Decir qué piensas');
    expect(JSON.stringify(invited('answer'))).toContain('"Contestar"');
    expect(invited('nothing')).toEqual([]);
    const options = Array.from({ length: 7 }, (_, n) => ({ id: `${n}`, name: { en: `no. ${n}`, es: `n.º ${n}` } }));
    const pick: VerbDefinition = {
      name: 'pick',
      word: { en: 'pick', es: 'elegir' },
      summary: { en: 'Pick one', es: 'Elegir uno' },
      may: 'anyone',
      args: [
        { name: 'which', word: { en: 'which', es: 'cuál' }, summary: { en: '', es: '' }, required: true, options },
      ],
    };
    const held = { debate: 'd1', channel: 'C1', thread: '1.2' };
    const menu = JSON.stringify(invitationBlocks([{ verb: 'pick', args: {} }], [pick], held, 'en'));
    expect(menu).toContain('static_select');
    expect(menu).toContain('"pick d1 C1 1.2 which=6"');
    const long = { ...held, debate: 'd'.repeat(150) };
    expect(JSON.stringify(invitationBlocks([{ verb: 'pick', args: {} }], [pick], long, 'en'))).toMatch(
      /"button".*"Pick"/,
    );
  });

  test('a form asks for what a button cannot know, or for all there is', () => {
    const ask = verbs.find(({ name }) => name === 'ask');
    const start = verbs.find(({ name }) => name === 'start');
    if (!ask || !start) throw new Error('verbs are missing');
    const options = { offered: { persona: [{ id: 'doomer', name: 'AI Doomer' }] }, takesFile: false, language: 'es' };
    const about = { verb: 'ask', debate: 'd1', channel: 'C1', thread: '1.2', args: {} };
    const form = formFor(ask, about, options);
    expect(form.blocks.map(({ block_id }) => block_id)).toEqual([undefined, 'persona', 'question']);
    const bare = formFor(start, { ...about, verb: 'start', debate: '', channel: '' }, { ...options, takesFile: true });
    expect(bare.blocks.map(({ block_id }) => block_id)).toEqual(
      expect.arrayContaining([...start.args.map(({ name }) => name), 'the-file', 'the-place']),
    );
  });
});

describe('how a debate stands', () => {
  test('says what its limits leave while it goes on', () => {
    const { debate } = emptyLog({ thread: { adapter: 'slack', channel: 'C1', thread: '1.2' } });
    const progress = { debate, turn: 3, of: 9, thinking: [], tokens: 10, elapsedMs: 5, left: '137K tokens, $0.47' };
    const shown = (status: 'running' | 'concluded') =>
      JSON.stringify(encodeStanding({ debate, status, title: null, progress }, verbs));
    expect(shown('running')).toContain('turn 3 of 9 · left: 137K tokens, $0.47');
    expect(shown('concluded')).not.toContain('137K');
  });
});

describe('events', () => {
  const message = { type: 'message', channel: 'C1', ts: '1.2', user: 'U1', text: 'hi' };
  const body = (event: object, id = 'Ev1') => ({
    type: 'event_callback',
    team_id: 'T1',
    event_id: id,
    event,
    token: 'secret',
  });

  test('a mention and the message it is are one', () => {
    expect(eventIn(body(message))?.id).toBe(saidId('C1', '1.2'));
    expect(eventIn(body({ ...message, type: 'app_mention' }, 'Ev2'))?.id).toBe(saidId('C1', '1.2'));
  });

  test('what people do is kept, without Slack’s token; what only shows something is not', () => {
    const kept = eventIn(body({ type: 'message', subtype: 'message_deleted', channel: 'C1' }));
    expect(kept).toMatchObject({ adapter: 'slack', workspace: 'T1', id: 'Ev1' });
    expect(JSON.stringify(kept)).not.toContain('secret');
    expect(eventIn({ command: '/debate', text: 'list', trigger_id: '1', team_id: 'T1' })?.id).toBe('command:1');
    expect(eventIn({ type: 'view_submission', trigger_id: '1', team: { id: 'T1' } })).toMatchObject({
      workspace: 'T1',
    });
    for (const passing of [
      { command: '/debate', text: ' ', trigger_id: '1' },
      { type: 'shortcut', trigger_id: '1' },
      { type: 'block_suggestion' },
      body({ type: 'app_home_opened', user: 'U1' }),
      body({ ...message, bot_id: 'B1' }),
      body({ ...message, subtype: 'channel_join' }),
      'nothing',
    ]) {
      expect(eventIn(passing)).toBeNull();
    }
  });

  test('bots and Slack itself write nothing', () => {
    expect(isWritten({ user: 'U1' })).toBe(true);
    expect(isWritten({ user: 'U1', subtype: 'file_share' })).toBe(true);
    expect(isWritten({ user: 'U1', subtype: 'channel_join' })).toBe(false);
    expect(isWritten({ user: 'U1', bot_id: 'B1' })).toBe(false);
    expect(isWritten({})).toBe(false);
  });
});

describe('the manifest', () => {
  test('asks for the same in both variants, and for addresses only over HTTP', () => {
    const [socket, http] = [manifestFor(null), manifestFor('https://t.example')];
    expect(socket.oauth_config.scopes).toEqual(http.oauth_config.scopes);
    expect(JSON.stringify(socket)).not.toContain('https://t.example');
    expect(socket.settings.socket_mode_enabled).toBe(true);
    expect(http.settings.socket_mode_enabled).toBe(false);
    expect(JSON.stringify(http).match(/https:\/\/t\.example\/slack\/events/g)).toHaveLength(3);
    expect(missingScopes(SCOPES, false)).toEqual([]);
    expect(missingScopes([], false).map(({ name }) => name)).toContain('chat:write');
    expect(missingScopes([], true).map(({ name }) => name)).toContain('chat:write.customize');
  });
});
