import { setTimeout as wait } from 'node:timers/promises';
import { createTerminal } from '../../adapters/terminal/index.ts';
import type { Language } from '../../src/debate.ts';
import { type AdapterHarness, adapterContract, type Seen } from '../contracts/adapter.ts';
import { createRecordingHost } from '../fakes/recording-host.ts';
import { samplePanel } from '../fakes/sample-panel.ts';
import { createVirtualTerminal } from '../fakes/virtual-terminal.ts';

const ENV = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };
const person = { id: 'ana', name: 'Ana', admin: true, roles: [] };

async function make(language: Language): Promise<AdapterHarness> {
  const terminal = createVirtualTerminal(80, 24);
  const { input, output } = terminal;
  const adapter = createTerminal({ input, output, language, person, env: ENV });
  const host = createRecordingHost(samplePanel.personas);
  const types = async (line: string) => {
    const before = host.received.length;
    terminal.press(`${line}\r`);
    for (let tries = 0; host.received.length === before && tries < 100; tries += 1) await wait(5);
    await wait(5);
  };
  return {
    adapter,
    host,
    person,
    says: types,
    calls: (word, args) => types([`/${word}`, ...args].join(' ')),
    seen: async () => turnsOn(await terminal.lines()),
    told: async () => (await terminal.lines()).filter((line) => /^(?:▸|\s{2})/.test(line)),
    close: async () => {},
  };
}

/** `🔬 AI Researcher · #2`, and under it the words along a bar. */
function turnsOn(lines: readonly string[]): Seen[] {
  const turns: Seen[] = [];
  for (const line of lines) {
    const heading = /^(\S+) (.+?) · #\d+/u.exec(line);
    const last = turns.at(-1);
    if (heading) turns.push({ face: heading[1] ?? '', speakerName: heading[2] ?? '', text: '' });
    else if (last && line.startsWith('│'))
      turns.splice(-1, 1, { ...last, text: `${last.text} ${line.slice(1)}`.replace(/\s+/g, ' ').trim() });
  }
  return turns;
}

adapterContract('the terminal', make);
