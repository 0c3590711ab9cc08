import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DiscordAPIError } from 'discord.js';
import { generateSchemas } from '../fakes/discord/generate-schemas.ts';
import { type Discord, type Permission, startDiscord } from '../fakes/discord/index.ts';
import { OFFICIAL, restOf } from './bot.ts';

const QUIET = { allowed_mentions: { parse: [] } };

let discord: Discord;

async function start() {
  discord = await startDiscord({ ...OFFICIAL, rateLimitScale: 0, maxFileBytes: 1000 });
  const guild = discord.guild('Lab', { channels: ['papers'], forums: ['ideas'] });
  const ana = discord.person('Ana', { guild });
  return { guild, ana, papers: guild.room('papers'), ideas: guild.room('ideas'), rest: restOf(discord) };
}
type Lab = Awaited<ReturnType<typeof start>>;
type Ask = (lab: Lab) => Promise<unknown>;

async function codeOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => 'done',
    (error) => (error instanceof DiscordAPIError ? error.code : (error.status ?? error.name)),
  );
}

const send =
  (extra: object): Ask =>
  ({ rest, papers }) =>
    rest.post(`/channels/${papers.id}/messages`, { body: { ...QUIET, ...extra } });
const commands =
  (...list: object[]): Ask =>
  ({ rest }) =>
    rest.put(`/applications/${discord.application.id}/commands`, { body: list });
const button = (id: string, label = 'x') => ({ type: 2, style: 1, custom_id: id, label });
const row = (...components: object[]) => ({ type: 1, components });
const text = (content: string) => ({ type: 10, content });
const V2 = 1 << 15;

async function hook({ rest, papers }: Lab): Promise<{ id: string; token: string }> {
  const made: unknown = await rest.post(`/channels/${papers.id}/webhooks`, { body: { name: 'Tertulia' } });
  if (typeof made !== 'object' || made === null || !('id' in made) || !('token' in made)) throw new Error('no webhook');
  return { id: String(made.id), token: String(made.token) };
}
const execute =
  (extra: object, query = ''): Ask =>
  async (lab) => {
    const { id, token } = await hook(lab);
    return lab.rest.post(`/webhooks/${id}/${token}${query}`, { body: { ...QUIET, ...extra }, auth: false });
  };

afterEach(() => discord.stop());

describe('breaking a rule is refused and noted', () => {
  test.each<[string, Ask, unknown]>([
    ['unknown route', ({ rest }) => rest.get('/nothing/here'), 0],
    ['2,001 characters', send({ content: 'x'.repeat(2001) }), 50035],
    ['nothing to say', send({ content: ' ' }), 50006],
    ['a field of the wrong type', send({ content: 7 }), 50035],
    ['a flag that is not the sender’s', send({ content: 'x', flags: 64 }), 50035],
    ['a nonce too long', send({ content: 'x', nonce: 'n'.repeat(26) }), 50035],
    ['an embed too long', send({ embeds: [{ description: 'x'.repeat(4097) }] }), 50035],
    [
      'eleven poll answers',
      send({ poll: { question: { text: 'q' }, answers: Array(11).fill({ poll_media: { text: 'a' } }) } }),
      50035,
    ],
    ['six rows', send({ content: 'x', components: Array.from({ length: 6 }, (_, n) => row(button(`b${n}`))) }), 50035],
    [
      'six buttons in a row',
      send({ content: 'x', components: [row(...Array.from({ length: 6 }, (_, n) => button(`b${n}`)))] }),
      50035,
    ],
    ['the same custom id twice', send({ content: 'x', components: [row(button('a'), button('a'))] }), 50035],
    ['a button’s label too long', send({ content: 'x', components: [row(button('a', 'x'.repeat(81)))] }), 50035],
    ['text display without the v2 flag', send({ components: [text('x')] }), 50035],
    ['content beside components v2', send({ flags: V2, content: 'x', components: [text('x')] }), 50035],
    ['41 components', send({ flags: V2, components: Array.from({ length: 41 }, () => text('x')) }), 50035],
    [
      '41 components, nested',
      send({ flags: V2, components: [{ type: 17, components: Array.from({ length: 40 }, () => text('x')) }] }),
      50035,
    ],
    [
      'a picture that was not sent along',
      send({ flags: V2, components: [{ type: 13, file: { url: 'attachment://a.png' } }] }),
      50035,
    ],
    ['an answer to no message', send({ content: 'x', message_reference: { message_id: '123456789012345678' } }), 50035],
    [
      'posting to a forum itself',
      ({ rest, ideas }) => rest.post(`/channels/${ideas.id}/messages`, { body: { ...QUIET, content: 'x' } }),
      50008,
    ],
    [
      'a limit over 100',
      ({ rest, papers }) =>
        rest.get(`/channels/${papers.id}/messages`, { query: new URLSearchParams({ limit: '101' }) }),
      50035,
    ],
    [
      'a query nobody knows',
      ({ rest, papers }) => rest.get(`/channels/${papers.id}`, { query: new URLSearchParams({ a: 'b' }) }),
      50035,
    ],
    [
      'a thread’s name too long',
      ({ rest, papers }) => rest.post(`/channels/${papers.id}/threads`, { body: { name: 'x'.repeat(101), type: 11 } }),
      50035,
    ],
    [
      'a forum post without words',
      ({ rest, ideas }) => rest.post(`/channels/${ideas.id}/threads`, { body: { name: 'x' } }),
      50035,
    ],
    [
      'a webhook called after Discord',
      ({ rest, papers }) => rest.post(`/channels/${papers.id}/webhooks`, { body: { name: 'My Discord' } }),
      50035,
    ],
    ['speaking as Clyde', execute({ content: 'x', username: 'clyde the critic' }), 50035],
    ['a persona’s name too long', execute({ content: 'x', username: 'x'.repeat(81) }), 50035],
    ['a face that is no address', execute({ content: 'x', avatar_url: 'data:image/png;base64,AAAA' }), 50035],
    ['a webhook’s thread name in a text channel', execute({ content: 'x', thread_name: 'x' }), 220003],
    ['a command’s name with capitals', commands({ name: 'Debate', description: 'd' }), 50035],
    ['a command’s description too long', commands({ name: 'debate', description: 'd'.repeat(101) }), 50035],
    ['an unknown locale', commands({ name: 'debate', description: 'd', name_localizations: { es: 'debate' } }), 50035],
    [
      'a localised name with a space',
      commands({ name: 'debate', description: 'd', name_localizations: { 'es-ES': 'un debate' } }),
      50035,
    ],
    ['two commands of one name', commands({ name: 'a', description: 'd' }, { name: 'a', description: 'd' }), 50035],
    [
      'required after optional',
      commands({
        name: 'a',
        description: 'd',
        options: [
          { type: 3, name: 'o', description: 'd' },
          { type: 3, name: 'r', description: 'd', required: true },
        ],
      }),
      50035,
    ],
    [
      '26 choices',
      commands({
        name: 'a',
        description: 'd',
        options: [
          {
            type: 3,
            name: 'o',
            description: 'd',
            choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })),
          },
        ],
      }),
      50035,
    ],
  ])('%s', async (_, ask, code) => {
    const lab = await start();
    expect(await codeOf(ask(lab))).toBe(code);
    expect(discord.violations).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['no allowed_mentions', { allowed_mentions: undefined }],
    ['everyone allowed', { allowed_mentions: { parse: ['everyone'] } }],
    ['one person allowed', { allowed_mentions: { parse: [], users: ['123456789012345678'] } }],
  ])('a message that could notify is noted: %s', async (_, extra) => {
    const lab = await start();
    expect(await codeOf(send({ content: '@everyone', ...extra })(lab))).toBe('done');
    expect(discord.violations).toHaveLength(1);
    expect(lab.papers.messages[0]?.pings).toEqual(
      'allowed_mentions' in extra && JSON.stringify(extra).includes('[]') ? [] : ['everyone'],
    );
  });
});

describe('what befalls an honest bot is only refused', () => {
  const denied =
    (permission: Permission): Ask =>
    (lab) => {
      lab.guild.overwrite(lab.papers, 'bot', { deny: [permission] });
      return send({ content: 'x' })(lab);
    };
  const threadOf = ({ guild, papers, ana }: Lab) => guild.thread(papers, 'Chat', ana);
  const locked = async (lab: Lab) => {
    lab.guild.botMay(['ViewChannel', 'SendMessagesInThreads']);
    const thread = threadOf(lab);
    discord.archive(thread, { locked: true });
    return lab.rest.post(`/channels/${thread.id}/messages`, { body: { ...QUIET, content: 'x' } });
  };
  test.each<[string, Ask, unknown]>([
    ['wrong token', () => restOf(discord, 'wrong').get('/users/@me'), 0],
    ['unknown channel', ({ rest }) => rest.get('/channels/123456789012345678'), 10003],
    ['unknown message', ({ rest, papers }) => rest.get(`/channels/${papers.id}/messages/123456789012345678`), 10008],
    ['unknown webhook', ({ rest }) => rest.get('/webhooks/123456789012345678'), 10015],
    [
      'unknown webhook of an interaction',
      ({ rest }) => rest.post(`/webhooks/${discord.application.id}/nope`, { body: { ...QUIET, content: 'x' } }),
      50027,
    ],
    [
      'unknown interaction',
      ({ rest }) => rest.post('/interactions/123456789012345678/nope/callback', { body: { type: 5 } }),
      10062,
    ],
    ['unknown thread of a webhook', execute({ content: 'x' }, '?thread_id=123456789012345678'), 10003],
    ['no permission', denied('SendMessages'), 50013],
    ['no access', denied('ViewChannel'), 50001],
    [
      'somebody else’s message',
      ({ rest, ana, papers }) =>
        rest.patch(`/channels/${papers.id}/messages/${ana.says(papers, 'mine').id}`, {
          body: { ...QUIET, content: 'x' },
        }),
      50005,
    ],
    ['a locked thread', locked, 160005],
    [
      'a guild it is not in',
      ({ rest }) => rest.get(`/guilds/${discord.guild('Away', { botPermissions: null }).id}/channels`),
      50001,
    ],
    [
      'a file too large',
      ({ rest, papers }) =>
        rest.post(`/channels/${papers.id}/messages`, {
          body: QUIET,
          files: [{ name: 'a.md', data: Buffer.alloc(1001) }],
        }),
      40005,
    ],
  ])('%s', async (_, ask, code) => {
    const lab = await start();
    expect(await codeOf(ask(lab))).toBe(code);
    expect(discord.violations).toEqual([]);
  });

  test('the sixteenth webhook', async () => {
    const lab = await start();
    for (let n = 0; n < 14; n += 1) lab.guild.webhook(lab.papers, `hook ${n}`);
    await hook(lab);
    expect(await codeOf(hook(lab))).toBe(30007);
    expect(discord.violations).toEqual([]);
  });
});

test('the schemas are in step with the typings', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../fakes/discord/requests.schema.json', import.meta.url), 'utf8'),
  );
  expect(JSON.parse(generateSchemas())).toEqual(committed);
});
