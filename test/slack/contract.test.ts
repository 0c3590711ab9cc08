/** What every platform must do, on Slack: by socket and over HTTP, and where personas may have no faces of their own. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Language } from '../../src/debate.ts';
import { type AdapterHarness, adapterContract, type Seen } from '../contracts/adapter.ts';
import { createRecordingHost } from '../fakes/recording-host.ts';
import { samplePanel } from '../fakes/sample-panel.ts';
import { type Interaction, type SeenMessage, type Slack, startSlack } from '../fakes/slack/index.ts';
import { adapterOn, eventually, faces, turnMessages, type Way, withoutFooter } from './stage.ts';

let slack: Slack;
beforeAll(async () => {
  slack = await startSlack({ rateScale: 0 });
});
afterAll(async () => {
  expect(slack.violations).toEqual([]);
  await slack.stop();
});

function underOwnName({ author, icon, text }: SeenMessage): Seen {
  return { speakerName: author, face: faces.get(icon ?? '') ?? '', text: withoutFooter(text) };
}

function underOurs({ text }: SeenMessage): Seen {
  const [, face = '', speakerName = ''] = /^(\S+) (.*?)\n/.exec(text) ?? [];
  return { speakerName, face, text: withoutFooter(text.replace(/^.*\n/, '')) };
}

async function make(language: Language, way: Way, hasFaces: boolean): Promise<AdapterHarness> {
  const lab = slack.team('Lab', { channels: ['papers'] });
  if (!hasFaces) lab.withoutScope('chat:write.customize');
  const ana = lab.person('Ana', { locale: language === 'es' ? 'es-ES' : 'en-US' });
  const papers = lab.room('papers');
  const host = createRecordingHost(samplePanel.personas);
  const { adapter, url } = await adapterOn(slack, way, lab.bot.token, () => {});
  const asked: Interaction[] = [];
  const root = () => {
    const [opened] = papers.messages;
    if (!opened) throw new Error('no thread was opened');
    return opened.ts;
  };
  return {
    adapter: {
      ...adapter,
      async start(given) {
        await adapter.start(given);
        if (url) await slack.useHttp(`${url}/slack/events`);
      },
    },
    host,
    person: { id: ana.id, name: 'Ana', admin: false, roles: [] },
    at: { workspace: lab.id, startedBy: ana.id, thread: { adapter: 'slack', channel: papers.id, thread: '' } },
    async says(text) {
      const before = host.received.length;
      ana.says(papers, text, { thread: root() });
      await eventually(() => host.received.length > before);
    },
    async calls(word, given) {
      const before = host.received.length;
      const interaction = await ana.slash(papers, '/debate', [word, ...given].join(' '));
      expect(interaction.failed).toBe(false);
      asked.push(interaction);
      await eventually(() => host.received.length > before && host.inbox.unfinished === 0);
    },
    seen: async () => turnMessages(papers.thread(root())).map(hasFaces ? underOwnName : underOurs),
    inChannel: async () => papers.messages.map(({ text }) => text),
    told: async () => [...asked.flatMap(({ responses }) => responses), ...ana.ephemerals].map(({ text }) => text),
    loseNextResponse: () => void slack.faults.on('chat.postMessage', { kind: 'lost' }),
    failNext: () => void slack.faults.on('chat.postMessage', { kind: 'refused' }),
    async close() {
      slack.faults.clear();
    },
  };
}

adapterContract('Slack by socket', (language) => make(language, 'socket', true));
adapterContract('Slack over HTTP', (language) => make(language, 'http', true));
adapterContract('Slack without faces', (language) => make(language, 'socket', false));
