/** What the window really shows while a debate runs, on an emulated terminal; and what a pipe gets. */
import { PassThrough, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createTerminal, type TerminalOptions } from '../../adapters/terminal/index.ts';
import { type Debate, type Move, type Persona, speaker, type Turn } from '../../src/debate.ts';
import type { Adapter } from '../../src/ports/adapter.ts';
import { emptyLog, withTurn } from '../fakes/dialogue.ts';
import { createRecordingHost } from '../fakes/recording-host.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { samplePanel } from '../fakes/sample-panel.ts';
import { createVirtualTerminal } from '../fakes/virtual-terminal.ts';

const ENV = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };
const { debate } = emptyLog();
const researcher = seat('researcher');
const critic = seat('critic');
const move: Move = { key: 'k', kind: 'statement', speaker: researcher.id, round: 0, to: [], answers: [] };
function seat(id: string): Persona {
  const persona = speaker(samplePanel, id);
  if (!persona) throw new Error(`nobody is called ${id}`);
  return persona;
}

/** Longer than a frame. */
const frame = () => wait(90);

async function post(adapter: Adapter, text: string, change: Partial<Turn> = {}, about: Debate = debate) {
  const [turn] = withTurn(emptyLog(), {
    key: 'k',
    kind: 'statement',
    speaker: researcher.id,
    text,
    ...change,
  }).turns;
  if (!turn) throw new Error('no turn');
  return adapter.post({
    key: `${about.id}:${turn.n}:0`,
    debate: about,
    article: null,
    turn,
    part: 0,
    parts: 1,
    to: 'thread',
    text,
  });
}

async function open(options: Partial<TerminalOptions> = {}, columns = 60, rows = 16) {
  const terminal = createVirtualTerminal(columns, rows);
  const { input, output } = terminal;
  const adapter = createTerminal({ input, output, language: 'en', env: ENV, ...options });
  const host = createRecordingHost(samplePanel.personas);
  await adapter.start(host);
  return { terminal, adapter, host };
}

const progress = { debate, turn: 2, of: 16, thinking: ['researcher'], tokens: 1_200, elapsedMs: 3_000 };
const withoutSpinner = (line = '') => line.replace(/^[⠁-⣿]/, '*');

describe('while it runs', () => {
  test('a draft grows above progress and the line to type in, then settles where it stood', async () => {
    const { terminal, adapter } = await open();
    adapter.progress?.(progress);
    adapter.stream?.(debate, researcher, move, 'It works because the reward is *checked*');
    await frame();
    const drafted = await terminal.lines();
    expect(drafted.slice(0, 3)).toEqual(['🔬 AI Researcher', '│ It works because the reward is checked', '']);
    expect(withoutSpinner(drafted[3])).toBe('* turn 2 of 16 · 0:03 · AI Researcher is speaking…');
    expect(drafted[4]).toBe('› write to join in · /help');
    await post(adapter, 'It works because the reward is *checked*');
    const settled = await terminal.lines();
    expect(settled.slice(0, 3)).toEqual(['🔬 AI Researcher · #1', drafted[1], '']);
    expect(settled.slice(3)).toEqual(['· turn 2 of 16 · 1.2K tokens · 0:03', '› write to join in · /help']);
    await adapter.stop();
  });

  test('words that settle as they were drafted are not written again', async () => {
    const { terminal, adapter } = await open();
    adapter.stream?.(debate, researcher, move, 'The same words.');
    await frame();
    const before = terminal.written().length;
    await post(adapter, 'The same words.');
    expect(terminal.written().slice(before)).not.toContain('The same words.');
    await adapter.stop();
    expect(await terminal.lines()).toEqual(['🔬 AI Researcher · #1', '│ The same words.']);
  });

  test('the position for the program and JSON turns are not shown; what is void goes', async () => {
    const { terminal, adapter } = await open();
    adapter.stream?.(debate, researcher, move, 'Words.\n[stance: +2, conf');
    adapter.stream?.(debate, critic, { ...move, key: 'n', kind: 'notes' }, '{"clashes": [');
    await frame();
    expect((await terminal.lines()).join('\n')).not.toMatch(/stance|clashes/);
    adapter.unstream?.(debate, researcher, move);
    await frame();
    expect(await terminal.lines()).toEqual(['› write to join in · /help']);
    await adapter.stop();
  });

  test('a draft longer than the window shows its end and leaves nothing behind', async () => {
    const { terminal, adapter } = await open({}, 40, 10);
    const words = Array.from({ length: 120 }, (_, index) => `word${index}`);
    for (const word of words) adapter.stream?.(debate, researcher, move, `${word} `);
    await frame();
    expect((await terminal.window()).join('\n')).toContain('word119');
    await post(adapter, words.join(' '));
    await adapter.stop();
    const shown = (await terminal.lines()).join(' ');
    expect(shown.match(/word\d+/g)).toEqual(words);
    expect(shown.match(/AI Researcher/g)).toHaveLength(1);
  });

  test('several who speak at once are all seen', async () => {
    const { terminal, adapter } = await open();
    adapter.stream?.(debate, researcher, move, 'Mine.');
    adapter.stream?.(debate, critic, { ...move, key: 'c', speaker: critic.id }, 'No, mine.');
    await frame();
    expect((await terminal.lines()).slice(0, 4)).toEqual([
      '🔬 AI Researcher',
      '│ Mine.',
      '🧐 Critical Thinker',
      '│ No, mine.',
    ]);
    await adapter.stop();
  });

  test('the clock goes on between moves', async () => {
    let now = 0;
    const { terminal, adapter } = await open({ clock: () => now });
    adapter.progress?.(progress);
    await frame();
    now = 10_000;
    await wait(200);
    expect((await terminal.lines()).join()).toContain('0:13');
    await post(adapter, 'Words.');
    now = 20_000;
    await wait(200);
    expect((await terminal.lines()).at(-2)).toBe('· turn 2 of 16 · 1.2K tokens · 0:13');
    await adapter.stop();
  });

  test('a window made narrower and wider again shows the live lines once', async () => {
    const { terminal, adapter } = await open();
    await post(adapter, 'Settled words.');
    adapter.progress?.(progress);
    adapter.stream?.(
      debate,
      researcher,
      { ...move, key: 'next' },
      'A draft of some length that needs to be wrapped in a narrow window.',
    );
    await frame();
    for (const columns of [30, 80, 24, 60]) {
      terminal.resize(columns, 16);
      await frame();
    }
    const all = (await terminal.lines()).join('\n');
    for (const once of ['Settled words.', 'A draft of', 'write to join', '2/16|turn 2 of 16']) {
      expect(all.match(new RegExp(once, 'g'))).toHaveLength(1);
    }
    await adapter.stop();
  });
});

describe('typing', () => {
  test('the line shows what is typed with the cursor in it, in a narrow window too', async () => {
    const { terminal, adapter } = await open({}, 24, 8);
    terminal.press('¿y la energía 模型?');
    await frame();
    expect((await terminal.lines()).at(-1)).toBe('› ¿y la energía 模型?');
    expect((await terminal.cursor()).column).toBe(21);
    terminal.press(' and what of the costs');
    await frame();
    expect((await terminal.lines()).at(-1)).toMatch(/^› .* of the costs$/);
    terminal.press('\u0001');
    await frame();
    expect((await terminal.lines()).at(-1)).toMatch(/^› ¿y la energía/);
    expect((await terminal.cursor()).column).toBe(2);
    await adapter.stop();
  });

  test('own words appear in the thread, the answer to a verb below it, and typing is not disturbed by a turn', async () => {
    const { terminal, adapter, host } = await open();
    await adapter.openThread(debate, 'On energy');
    terminal.press('What about energy?\r');
    host.answers({ text: '' });
    await wait(30);
    terminal.press('half a li');
    await post(adapter, 'Words.');
    await frame();
    expect((await terminal.lines()).slice(-7)).toEqual([
      '🙋 You',
      '  What about energy?',
      '',
      '🔬 AI Researcher · #1',
      '│ Words.',
      '',
      '› half a li',
    ]);
    await adapter.stop();
  });

  test('a slip is answered in one sentence and nothing reaches the host', async () => {
    const { terminal, adapter, host } = await open({ language: 'es' });
    terminal.press('/puasa\r');
    await wait(30);
    expect(await terminal.lines()).toEqual([
      '▸ No existe /puasa; ¿querías decir /pausa?',
      '',
      '› escribe para intervenir · /ayuda',
    ]);
    expect(host.received).toEqual([]);
    await adapter.stop();
  });

  test('before the debate has begun, what is typed is asked for again in a moment', async () => {
    const { terminal, adapter, host } = await open({ language: 'es' });
    terminal.press('¿y la energía?\r');
    await wait(30);
    expect((await terminal.lines())[0]).toMatch(/^▸ El debate aún no ha empezado/);
    expect(host.received).toEqual([]);
    await adapter.stop();
  });

  test('help lists the verbs of the host in the language', async () => {
    const { terminal, adapter } = await open({ language: 'es' });
    terminal.press('/ayuda\r');
    await wait(30);
    const shown = (await terminal.lines()).join('\n');
    expect(shown).toContain('/pregunta ‹persona› ‹pregunta›');
    expect(shown).toContain('Pausar después de quien habla');
    await adapter.stop();
  });

  test('a pasted text of several lines is one message', async () => {
    const { terminal, adapter, host } = await open();
    await adapter.openThread(debate, 'On energy');
    terminal.press('so: \u001b[200~first\nsecond\nthird\u001b[201~');
    await wait(30);
    expect(host.received).toEqual([]);
    terminal.press('!\r');
    await wait(30);
    expect(host.received.map(({ act }) => act)).toEqual([{ type: 'say', text: 'so: first second third!' }]);
    await adapter.stop();
  });

  test('a file is kept where the program can, else shown', async () => {
    const attachment = { name: 'd.md', mediaType: 'text/markdown', content: 'The record.' };
    for (const [save, expected] of [
      [async () => '/tmp/d.md', 'Saved as /tmp/d.md'],
      [undefined, 'The record.'],
    ] as const) {
      const { terminal, adapter, host } = await open(save ? { save } : {});
      host.answers({ text: 'd.md', attachment });
      await adapter.openThread(debate, 'On energy');
      terminal.press('/pause\r');
      await wait(30);
      expect((await terminal.lines()).join('\n')).toContain(expected);
      await adapter.stop();
    }
  });

  test('Ctrl-C interrupts; stopping gives the terminal back', async () => {
    let interrupts = 0;
    const { terminal, adapter } = await open({
      onInterrupt: () => {
        interrupts += 1;
      },
    });
    expect(terminal.isRaw()).toBe(true);
    adapter.progress?.(progress);
    terminal.press('\u0003');
    await frame();
    expect(interrupts).toBe(1);
    await adapter.stop();
    expect(terminal.isRaw()).toBe(false);
    expect((await terminal.cursor()).isHidden).toBe(false);
    expect(terminal.written()).toMatch(/\?2004l(?!.*\?2004h)/s);
    expect(await terminal.lines()).toEqual([]);
  });

  test('Ctrl-D ends the typing, not the debate', async () => {
    const { terminal, adapter } = await open();
    terminal.press('\u0004');
    await wait(30);
    expect(terminal.isRaw()).toBe(false);
    await post(adapter, 'Words.');
    expect(await terminal.lines()).toEqual(['🔬 AI Researcher · #1', '│ Words.']);
    await adapter.stop();
  });

  test('a crash gives the terminal back, too, and nothing is left listening after a stop', async () => {
    const before = process.listenerCount('exit');
    const { terminal, adapter } = await open({ interactive: false });
    expect((await terminal.cursor()).isHidden).toBe(true);
    expect(terminal.isRaw()).toBe(false);
    process.listeners('exit').at(-1)?.call(process, 1);
    expect((await terminal.cursor()).isHidden).toBe(false);
    await adapter.stop();
    expect(process.listenerCount('exit')).toBe(before);
  });
});

describe('where nothing can move', () => {
  function pipe() {
    const chunks: string[] = [];
    const output = new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    return { output, text: () => chunks.join('') };
  }

  async function wholeDebate(adapter: Adapter, language: string) {
    const log = sampleLog(language);
    await adapter.start(createRecordingHost(samplePanel.personas));
    await adapter.openThread(log.debate, log.article?.title ?? '');
    for (const turn of log.turns) {
      adapter.progress?.({ ...progress, debate: log.debate });
      adapter.stream?.(log.debate, researcher, move, 'draft');
      await adapter.post({
        key: turn.key,
        debate: log.debate,
        article: log.article,
        turn,
        part: 0,
        parts: 1,
        to: 'thread',
        text: turn.text,
      });
    }
    adapter.notice?.(log.debate, 'A notice.');
    await adapter.stop();
    return log;
  }

  test('a pipe gets plain text: every turn, no control code, no progress, no draft; its input is not read', async () => {
    const { output, text } = pipe();
    const input = new PassThrough();
    const log = await wholeDebate(createTerminal({ input, output, language: 'es', env: ENV }), 'es');
    input.write('/pause\n');
    expect(text()).not.toMatch(/[\p{Cc}--\n]/v);
    expect(text()).not.toContain('draft');
    expect(text()).not.toContain('1.2K');
    expect(text().match(/ · #\d+/g)).toEqual(log.turns.map(({ n }) => ` · #${n}`));
    expect(input.readableLength).toBeGreaterThan(0);
  });

  test('colour in a pipe when it is asked for', async () => {
    const { output, text } = pipe();
    await wholeDebate(createTerminal({ output, language: 'en', env: { ...ENV, FORCE_COLOR: '1' } }), 'en');
    expect(text()).toContain('\u001b[1m');
    expect(text()).not.toContain('\u001b[?');
  });

  test('quiet: the synthesis and nothing else, on a terminal and in a pipe', async () => {
    const { output, text } = pipe();
    await wholeDebate(createTerminal({ output, language: 'en', quiet: true, env: ENV }), 'en');
    expect(text().match(/ · #\d+.*/g)).toEqual([' · #16 · synthesis']);
    const terminal = createVirtualTerminal();
    await wholeDebate(createTerminal({ ...terminal, language: 'en', quiet: true, env: ENV }), 'en');
    expect((await terminal.lines()).filter((line) => line.includes(' · #'))).toEqual([
      '🎙️ Coordinator · #16 · synthesis',
    ]);
    expect(terminal.isRaw()).toBe(false);
  });

  test('NO_COLOR: the window still moves, nothing is coloured', async () => {
    const { terminal, adapter } = await open({ env: { ...ENV, NO_COLOR: '1' } });
    adapter.progress?.(progress);
    await post(adapter, 'It is **so**: “words” (§ S, p. 1).');
    await frame();
    expect(terminal.written()).not.toMatch(/\[[\d;]*m/);
    expect((await terminal.lines()).slice(0, 2)).toEqual(['🔬 AI Researcher · #1', '  It is so: “words” (§ S, p. 1).']);
    await adapter.stop();
  });

  test('TERM=dumb: plain text, whole lines are read', async () => {
    const { terminal, adapter, host } = await open({ env: { TERM: 'dumb' } });
    adapter.progress?.(progress);
    await post(adapter, 'Words.');
    terminal.press('What now?\n');
    await wait(30);
    expect(terminal.written()).not.toMatch(/[\p{Cc}--\n]/v);
    expect(host.received.map(({ act }) => act)).toEqual([{ type: 'say', text: 'What now?' }]);
    await adapter.stop();
  });

  test('a reader that has gone away interrupts once, and is an error for whoever posts', async () => {
    const output = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    let interrupts = 0;
    const adapter = createTerminal({
      output,
      language: 'en',
      env: ENV,
      onInterrupt: () => {
        interrupts += 1;
      },
    });
    await adapter.start(createRecordingHost([]));
    await expect(post(adapter, 'Words.')).rejects.toThrow('EPIPE');
    await expect(post(adapter, 'More.')).rejects.toThrow();
    expect(interrupts).toBe(1);
    await adapter.stop();
  });
});
