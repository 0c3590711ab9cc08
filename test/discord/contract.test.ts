/** What every platform must do, on Discord: with webhooks, and where they are not allowed. */
import { expect } from '@jest/globals';
import { avatarOf } from '../../adapters/discord/faces.ts';
import { createDiscord } from '../../adapters/discord/index.ts';
import { type Language, speakers } from '../../src/debate.ts';
import { type AdapterHarness, adapterContract, type Seen } from '../contracts/adapter.ts';
import { type Interaction, type Permission, type SeenMessage, startDiscord } from '../fakes/discord/index.ts';
import { createRecordingHost } from '../fakes/recording-host.ts';
import { samplePanel } from '../fakes/sample-panel.ts';
import { eventually, OFFICIAL } from './stage.ts';

const WITHOUT_WEBHOOKS: readonly Permission[] = [
  'ViewChannel',
  'SendMessages',
  'CreatePublicThreads',
  'SendMessagesInThreads',
  'ReadMessageHistory',
];

const faces = new Map(speakers(samplePanel).map(({ face }) => [avatarOf(face), face]));

function underOwnName({ author, avatar, text }: SeenMessage): Seen {
  return { speakerName: author, face: faces.get(avatar ?? '') ?? '', text: withoutNumber(text) };
}

function underOurs({ text }: SeenMessage): Seen {
  const [, face = '', speakerName = ''] = /^\*\*(\S+) (.*?)\*\*\n/.exec(text) ?? [];
  return { speakerName, face, text: withoutNumber(text.replace(/^.*\n/, '')) };
}

function withoutNumber(text: string): string {
  return text.replace(/\n-# (?:turn|turno) .*$/, '');
}

async function make(language: Language, hooks: boolean): Promise<AdapterHarness> {
  const discord = await startDiscord({ rateLimitScale: 0, ...OFFICIAL });
  const locale = language === 'es' ? 'es-ES' : 'en-US';
  const guild = discord.guild('Lab', {
    channels: ['papers'],
    locale,
    ...(!hooks && { botPermissions: WITHOUT_WEBHOOKS }),
  });
  const ana = discord.person('Ana', { guild, locale });
  const host = createRecordingHost(samplePanel.personas);
  const papers = guild.room('papers');
  const adapter = createDiscord({
    token: discord.token,
    apiUrl: discord.api,
    guildId: null,
    shards: 'auto',
    messageContent: true,
    log: () => {},
  });
  const asked: Interaction[] = [];
  const thread = () => {
    const [opened] = papers.threads;
    if (!opened) throw new Error('no thread was opened');
    return opened;
  };
  const route = hooks ? 'POST /webhooks/:webhook/:token' : 'POST /channels/:channel/messages';
  return {
    adapter,
    host,
    person: { id: ana.id, name: 'Ana', admin: false, roles: [] },
    at: { workspace: guild.id, thread: { adapter: 'discord', channel: papers.id, thread: '' } },
    async says(text) {
      const before = host.received.length;
      ana.says(thread(), text);
      await eventually(() => host.received.length > before);
    },
    async calls(word, given) {
      const verb = host.verbs.find((each) => [each.word.en, each.word.es].includes(word));
      const options = Object.fromEntries((verb?.args ?? []).map((argument, at) => [argument.name, given[at] ?? '']));
      const interaction = await ana.slash(thread(), `debate ${word}`, { options });
      asked.push(interaction);
      await interaction.answer();
    },
    seen: async () =>
      hooks
        ? thread()
            .messages.filter((each) => each.byWebhook)
            .map(underOwnName)
        : thread()
            .messages.filter((each) => /^-# (?:turn|turno) \d/m.test(each.text))
            .map(underOurs),
    inChannel: async () => papers.messages.map(({ text }) => text),
    told: async () =>
      asked.flatMap(({ response, followups }) => [response, ...followups]).flatMap((each) => each?.text ?? []),
    loseNextResponse: () => void discord.faults.on(route, { kind: 'lost' }),
    failNext: () => void discord.faults.on(route, { kind: 'refused' }),
    async close() {
      expect(discord.violations).toEqual([]);
      await discord.stop();
    },
  };
}

adapterContract('Discord', (language) => make(language, true));
adapterContract('Discord without webhooks', (language) => make(language, false));
