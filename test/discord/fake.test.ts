import { afterEach, describe, expect, test } from '@jest/globals';
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type Client,
  ContainerBuilder,
  type Interaction,
  LabelBuilder,
  Locale,
  MessageFlags,
  ModalBuilder,
  type RESTPostAPIApplicationCommandsJSONBody,
  StringSelectMenuBuilder,
  type TextChannel,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { renderHtml } from '../fakes/discord/html.ts';
import { type Discord, type DiscordOptions, type Room, startDiscord } from '../fakes/discord/index.ts';
import { connect, OFFICIAL } from './bot.ts';

const COMMANDS: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: 'debate',
    description: 'Debates',
    name_localizations: { [Locale.SpanishES]: 'debate' },
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'start',
        name_localizations: { [Locale.SpanishES]: 'empezar' },
        description: 'Start one',
        options: [
          { type: ApplicationCommandOptionType.String, name: 'article', description: 'Link', required: true },
          { type: ApplicationCommandOptionType.Attachment, name: 'file', description: 'A PDF' },
          { type: ApplicationCommandOptionType.String, name: 'panel', description: 'Who', autocomplete: true },
        ],
      },
    ],
  },
  { name: 'Debate this', type: ApplicationCommandType.Message },
];
const PDF = { name: 'paper.pdf', contentType: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.7') };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let discord: Discord;
let client: Client<true> | undefined;

async function start(options: DiscordOptions = {}) {
  discord = await startDiscord({ ...OFFICIAL, ...options });
  const guild = discord.guild('Lab', { channels: ['papers'], forums: ['ideas'] });
  const ana = discord.person('Ana', { guild, locale: 'es-ES' });
  return { guild, ana, papers: guild.room('papers') };
}

async function login(answer: (interaction: Interaction) => Promise<unknown> = async () => {}) {
  client = await connect(discord);
  client.on('interactionCreate', (interaction) => void answer(interaction));
  return client;
}

async function textChannel(bot: Client, room: Room): Promise<TextChannel> {
  const channel = await bot.channels.fetch(room.id);
  if (channel?.type !== ChannelType.GuildText) throw new Error('no text channel');
  return channel;
}

afterEach(async () => {
  await client?.destroy();
  client = undefined;
  await discord.stop();
});

describe('what the bot does', () => {
  test('it logs in and finds its guild, channels and members', async () => {
    const { guild, papers } = await start();
    const bot = await login();
    expect(bot.user.id).toBe(discord.application.id);
    expect(bot.guilds.cache.get(guild.id)?.channels.cache.get(papers.id)?.name).toBe('papers');
    expect(bot.guilds.cache.get(guild.id)?.members.cache.size).toBe(3);
    expect(discord.violations).toEqual([]);
  });

  test('personas speak through a webhook in a thread, in order and at the library’s pace', async () => {
    const { papers } = await start({ rateLimitScale: 0.02 });
    const bot = await login();
    const channel = await textChannel(bot, papers);
    const thread = await channel.threads.create({
      name: 'On reading',
      type: ChannelType.PublicThread,
      autoArchiveDuration: 60,
    });
    const hook = await channel.createWebhook({ name: 'Tertulia', avatar: PNG });
    const say = (n: number) =>
      hook.send({
        threadId: thread.id,
        username: `Voice ${n}`,
        content: `turn ${n}`,
        avatarURL: 'https://example.org/face.png',
      });
    const sent = await Promise.all(Array.from({ length: 12 }, (_, n) => say(n)));
    const seen = discord.thread(thread.id).messages;
    expect(seen.map((one) => one.text)).toEqual(sent.map((_, n) => `turn ${n}`));
    expect(seen[3]).toMatchObject({
      author: 'Voice 3',
      avatar: 'https://example.org/face.png',
      byWebhook: true,
      id: sent[3]?.id,
    });
    expect(discord.requests.filter((one) => one.status === 429)).toEqual([]);

    await hook.editMessage(sent[0]?.id ?? '', { threadId: thread.id, content: 'better' });
    await hook.deleteMessage(sent[1]?.id ?? '', thread.id);
    expect((await hook.fetchMessage(sent[0]?.id ?? '', { threadId: thread.id })).content).toBe('better');
    expect(discord.thread(thread.id).messages).toHaveLength(11);
    const own = await hook.send({ content: 'in the channel, with the webhook’s own face' });
    expect(papers.message(own.id).face?.contentType).toBe('image/png');
    expect(papers.webhooks).toEqual([{ id: hook.id, name: 'Tertulia' }]);
    expect(discord.violations).toEqual([]);
  });

  test('threads: from a message, as a forum post, un-archived by a post', async () => {
    const { guild, ana, papers } = await start();
    const bot = await login();
    const channel = await textChannel(bot, papers);
    const said = ana.says(papers, 'https://example.org/paper');
    const thread = await (await channel.messages.fetch(said.id)).startThread({ name: 'From a message' });
    expect(thread.id).toBe(said.id);
    discord.archive(thread.id);
    await discord.until(() => thread.archived);
    await thread.send('back');
    await discord.until(() => !discord.thread(thread.id).archived && !thread.archived);

    const forum = await bot.channels.fetch(guild.room('ideas').id);
    if (forum?.type !== ChannelType.GuildForum) throw new Error('no forum');
    const post = await forum.threads.create({ name: 'An idea', message: { content: 'first words' } });
    expect(guild.room('ideas').threads.map((one) => [one.name, one.messages[0]?.text])).toEqual([
      ['An idea', 'first words'],
    ]);
    expect((await post.fetchStarterMessage())?.content).toBe('first words');
    expect(discord.violations).toEqual([]);
  });

  test('messages: files, nonce, typing, reactions, polls, reading back', async () => {
    const { ana, papers } = await start();
    const bot = await login();
    const channel = await textChannel(bot, papers);
    await channel.sendTyping();
    const once = { content: 'once', nonce: 'turn-1', enforceNonce: true };
    const [first, second] = [await channel.send(once), await channel.send(once)];
    expect(second.id).toBe(first.id);
    await channel.send({ content: 'read this', files: [{ attachment: Buffer.from('# Record'), name: 'record.md' }] });
    const poll = await channel.send({
      poll: {
        question: { text: 'Convinced?' },
        answers: [{ text: 'yes' }, { text: 'no' }],
        duration: 24,
        allowMultiselect: false,
      },
    });
    ana.votes(papers.message(poll.id), ['no']);
    await first.react('👍');
    ana.reacts(papers.message(first.id), '👍');
    const texts = papers.messages.map((one) => one.text);
    expect(texts).toEqual(['once', 'read this\n[file: record.md]', 'Convinced?\n( ) yes (0)\n( ) no (1)']);
    const [file] = papers.messages[1]?.files ?? [];
    expect(new TextDecoder().decode(file?.bytes)).toBe('# Record');
    expect(await (await fetch(file?.url ?? '')).text()).toBe('# Record');
    expect((await fetch((file?.url ?? '').split('?')[0] ?? '')).status).toBe(404);
    expect(papers.messages[0]?.reactions).toEqual({ '👍': 2 });
    expect(papers.typed).toBe(1);
    const after = await channel.messages.fetch({ after: first.id, limit: 1 });
    expect([...after.values()].map((one) => one.content)).toEqual(['read this']);
    expect(discord.violations).toEqual([]);
  });

  test('a picture kept as the application’s emoji can be anybody’s face', async () => {
    const { papers } = await start();
    const bot = await login();
    const emoji = await bot.application.emojis.create({ name: 'researcher', attachment: PNG });
    const hook = await (await textChannel(bot, papers)).createWebhook({ name: 'Tertulia' });
    await hook.send({
      username: 'AI Researcher',
      avatarURL: emoji.imageURL(),
      content: 'I **explain** <b>\n> quoted words',
    });
    expect(papers.messages[0]?.face?.bytes).toEqual(PNG);
    const page = renderHtml(papers);
    expect(page).toContain('AI Researcher');
    expect(page).toContain(`data:image/png;base64,${PNG.toString('base64')}`);
    expect(page).toMatch(/<strong>explain<\/strong> &lt;b&gt;.*<blockquote>/s);
    expect(discord.violations).toEqual([]);
  });
});

test('the library reads everything there is to read', async () => {
  const { guild, ana, papers } = await start();
  const bot = await login();
  const lab = await bot.guilds.fetch({ guild: guild.id, force: true, withCounts: true });
  const thread = guild.thread(papers, 'Old', ana);
  ana.says(thread, 'a word');
  discord.archive(thread);
  const channel = await textChannel(bot, papers);
  guild.webhook(papers, 'News');
  const pinned = await channel.send('pin me');
  guild.botMay(['ViewChannel', 'ReadMessageHistory', 'ManageWebhooks', 'PinMessages', 'ManageGuild']);
  await pinned.pin();
  expect((await lab.members.fetch()).size).toBe(3);
  expect((await lab.members.fetch({ user: ana.id, force: true })).displayName).toBe('Ana');
  expect((await lab.roles.fetch()).size).toBe(2);
  expect((await lab.channels.fetch()).size).toBe(2);
  expect((await lab.channels.fetchActiveThreads()).threads.size).toBe(0);
  expect((await channel.threads.fetchArchived()).threads.map((one) => one.name)).toEqual(['Old']);
  expect((await channel.fetchWebhooks()).map((one) => one.name)).toEqual(['News']);
  expect((await lab.fetchWebhooks()).size).toBe(1);
  expect((await channel.fetch()).topic).toBeNull();
  expect(await bot.application.fetch().then((one) => one.name)).toBe('Tertulia');
  await bot.application.commands.set(COMMANDS, guild.id);
  const commands = await lab.commands.fetch({ withLocalizations: true });
  expect(commands.find((one) => one.name === 'debate')?.nameLocalizations).toEqual({ 'es-ES': 'debate' });
  expect(discord.commands(guild)).toHaveLength(2);
  expect((await bot.application.emojis.fetch()).size).toBe(0);
  expect((await bot.users.fetch(ana.id, { force: true })).globalName).toBe('Ana');
  expect(discord.violations).toEqual([]);
});

describe('what people ask', () => {
  test('a slash command with a file, deferred, answered, followed up', async () => {
    const { ana, papers } = await start();
    const bot = await login(async (one) => {
      if (!one.isChatInputCommand()) return;
      await one.deferReply();
      const file = one.options.getAttachment('file');
      const bytes = file === null ? '' : await (await fetch(file.url)).text();
      await one.editReply(`${one.locale} ${one.options.getSubcommand()} ${one.options.getString('article')} ${bytes}`);
      await one.followUp({ content: 'only you', flags: MessageFlags.Ephemeral });
    });
    await bot.application.commands.set(COMMANDS);
    const asked = await ana.slash(papers, 'debate empezar', { options: { article: 'https://a.org' }, attachment: PDF });
    expect(asked.acknowledgedAfterMs).toBeLessThan(3000);
    expect((await asked.answer()).text).toBe('es-ES start https://a.org %PDF-1.7');
    const whisper = await discord.until(() => asked.followups[0]);
    expect(whisper).toMatchObject({ text: 'only you', ephemeral: true });
    expect(papers.messages).toHaveLength(1);
    await expect(ana.slash(papers, 'debate start')).rejects.toThrow('article is required');
    await expect(ana.slash(papers, 'debate stop')).rejects.toThrow('start is missing');
    expect(discord.violations).toEqual([]);
  });

  test('autocomplete, message menu, buttons, selects, a modal', async () => {
    const { ana, papers } = await start();
    const modal = new ModalBuilder()
      .setCustomId('ask')
      .setTitle('Ask')
      .addLabelComponents(
        new LabelBuilder()
          .setLabel('Question')
          .setTextInputComponent(new TextInputBuilder().setCustomId('q').setStyle(TextInputStyle.Short)),
      );
    const bot = await login(async (one) => {
      if (one.isAutocomplete()) await one.respond([{ name: `${one.options.getFocused()}…`, value: 'seed' }]);
      if (one.isMessageContextMenuCommand())
        await one.reply({ content: `about: ${one.targetMessage.content}`, flags: MessageFlags.Ephemeral });
      if (one.isButton()) await one.showModal(modal);
      if (one.isStringSelectMenu()) await one.update({ content: `chosen: ${one.values}`, components: [] });
      if (one.isModalSubmit()) await one.reply(`asked: ${one.fields.getTextInputValue('q')}`);
    });
    await bot.application.commands.set(COMMANDS);
    const typed = await ana.autocomplete(papers, 'debate start', 'panel', 'se');
    expect(typed.choices).toEqual([{ name: 'se…', value: 'seed' }]);
    const menu = await ana.menu(ana.says(papers, 'a claim'), 'Debate this');
    expect(menu.response).toMatchObject({ text: 'about: a claim', ephemeral: true });

    const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('ask').setLabel('Ask').setStyle(ButtonStyle.Primary),
      new ButtonBuilder().setCustomId('off').setLabel('Off').setStyle(ButtonStyle.Secondary).setDisabled(true),
    );
    const select = new StringSelectMenuBuilder()
      .setCustomId('who')
      .setPlaceholder('Who?')
      .addOptions({ label: 'Doomer', value: 'doomer' });
    const menuRow = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select);
    const channel = await textChannel(bot, papers);
    const sent = await channel.send({ content: 'choose', components: [buttons, menuRow] });
    expect(papers.message(sent.id).text).toBe('choose\n[Ask] [Off]\n[▾ Who?: Doomer]');
    const pressed = await ana.press(papers.message(sent.id), 'Ask');
    expect(pressed.modal).toEqual({
      customId: 'ask',
      title: 'Ask',
      fields: [{ customId: 'q', label: 'Question', value: '', required: true }],
    });
    expect((await ana.submit(pressed, { Question: 'why?' })).response?.text).toBe('asked: why?');
    await expect(ana.submit(pressed, {})).rejects.toThrow('Question is required');
    await expect(ana.press(papers.message(sent.id), 'off')).rejects.toThrow("can't be pressed");
    await expect(ana.choose(papers.message(sent.id), 'who', ['critic'])).rejects.toThrow('not critic');
    await ana.choose(papers.message(sent.id), 'who', ['doomer']);
    expect(papers.message(sent.id).text).toBe('chosen: doomer');
    expect(discord.violations).toEqual([]);
  });

  test('components v2 read top to bottom', async () => {
    const { papers } = await start();
    const bot = await login();
    const container = new ContainerBuilder()
      .addTextDisplayComponents((text) => text.setContent('# Synthesis'))
      .addSeparatorComponents((line) => line)
      .addSectionComponents((section) =>
        section
          .addTextDisplayComponents((text) => text.setContent('One more round?'))
          .setButtonAccessory((button) => button.setCustomId('round').setLabel('Round').setStyle(ButtonStyle.Success)),
      );
    const channel = await textChannel(bot, papers);
    const sent = await channel.send({ flags: MessageFlags.IsComponentsV2, components: [container] });
    expect(papers.message(sent.id).text).toBe('# Synthesis\n———\nOne more round?\n[Round]');
    expect(renderHtml(papers)).toContain('<button class="s3">Round</button>');
    expect(discord.violations).toEqual([]);
  });

  test('who is late reads nothing and may not answer; a token dies', async () => {
    const { ana, papers } = await start({ interactionMs: 150, interactionLifeMs: 300 });
    const codes: unknown[] = [];
    const bot = await login(async (one) => {
      if (!one.isMessageContextMenuCommand()) return;
      if (one.targetMessage.content === 'late') await new Promise((resolve) => setTimeout(resolve, 250));
      await one.reply({ content: 'here' }).catch((error) => codes.push(error.code));
      if (one.targetMessage.content === 'late') return;
      await new Promise((resolve) => setTimeout(resolve, 350));
      await one.followUp('too late').catch((error) => codes.push(error.code));
    });
    await bot.application.commands.set(COMMANDS);
    const late = await ana.menu(ana.says(papers, 'late'), 'Debate this');
    expect([late.failed, late.acknowledgedAfterMs]).toEqual([true, null]);
    await discord.until(() => codes.length === 1);
    expect((await ana.menu(ana.says(papers, 'timely'), 'Debate this')).response?.text).toBe('here');
    await discord.until(() => codes.length === 2);
    expect(codes).toEqual([10062, 50027]);
    expect(discord.violations).toEqual([]);
  });

  test('by DM too', async () => {
    const { ana } = await start();
    const bot = await login();
    const heard = new Promise<string>((resolve) => bot.on('messageCreate', (message) => resolve(message.content)));
    await (await bot.users.fetch(ana.id)).send('hello');
    ana.says(ana.dm, 'and you');
    await expect(discord.until(() => ana.dm.messages[1]?.text)).resolves.toBe('and you');
    expect(await heard).toBe('hello');
    expect(discord.violations).toEqual([]);
  });
});
