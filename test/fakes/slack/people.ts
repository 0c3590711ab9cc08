/** What people do, through the official client. */
import {
  type Asker,
  askerOf,
  blockAction,
  closeView,
  globalShortcut,
  messageShortcut,
  type On,
  slash,
  submitView,
  suggestion,
} from './asking.ts';
import { type Option, type Part, partsOf, wordsOf } from './blocks.ts';
import { installThrough } from './browser.ts';
import { byUser, edit, post, remove } from './compose.ts';
import type { Context } from './context.ts';
import { chosen, formState, pressed } from './form.ts';
import type { FieldValue, Interaction, Page, Person, Room, Saying, SeenMessage, SeenView, Where } from './index.ts';
import { revoke, uninstall } from './installing.ts';
import { join, membership } from './methods/conversations.ts';
import { keep } from './methods/files.ts';
import { react, unreact } from './methods/marks.ts';
import { topView } from './methods/views.ts';
import type { OAuth } from './oauth.ts';
import { asTyped } from './rich-text.ts';
import { room, seenMessage, seenView } from './seen.ts';
import { viewOutput } from './view-output.ts';
import type { Channel, Message, OpenView, User } from './world.ts';

type Surface = SeenMessage | SeenView | null;

export class Player implements Person {
  readonly id: string;
  readonly name: string;
  readonly #context: Context;
  readonly #oauth: OAuth;
  readonly #user: User;
  readonly #loaded = new Map<string, Option[]>();

  constructor(context: Context, oauth: OAuth, user: User) {
    this.id = user.id;
    this.name = user.realName;
    this.#context = context;
    this.#oauth = oauth;
    this.#user = user;
  }

  get dm(): Room {
    return room(this.#context, this.#im());
  }

  get modal(): SeenView | null {
    const top = topView(this.#context.world, this.id);
    return top === null ? null : seenView(this.#context, top);
  }

  get home(): SeenView | null {
    const home = this.#context.world.homes.get(`${this.#user.teamId} ${this.id}`);
    return home === undefined ? null : seenView(this.#context, home);
  }

  get ephemerals(): readonly SeenMessage[] {
    const all = [...this.#context.world.channels.values()].flatMap(({ messages }) => messages);
    const mine = all.filter((one) => one.visibleTo === this.id && !one.deleted);
    return mine.sort((a, b) => Number(a.ts) - Number(b.ts)).map((one) => seenMessage(this.#context, one));
  }

  says(where: Where, text: string, saying: Saying = {}): SeenMessage {
    const channel = this.#writes(where);
    return seenMessage(this.#context, say(this.#context, channel, this.#user, text, saying));
  }

  mentions(where: Where, text: string, saying: Saying = {}): SeenMessage {
    return this.says(where, `<@${this.#asker().installation.botUserId}> ${text}`, saying);
  }

  edits(message: SeenMessage, text: string): void {
    const { channel, one } = this.#own(message);
    const ts = this.#context.world.clock.ts();
    edit(this.#context, channel, one, { text: asTyped(text), edited: { user: this.id, ts } });
  }

  deletes(message: SeenMessage): void {
    const { channel, one } = this.#own(message);
    remove(this.#context, channel, one);
  }

  reacts(message: SeenMessage, emoji: string): void {
    const { channel, one } = this.#find(message);
    react(this, channel, one, this.id, emoji.replaceAll(':', ''));
  }

  unreacts(message: SeenMessage, emoji: string): void {
    const { channel, one } = this.#find(message);
    unreact(this, channel, one, this.id, emoji.replaceAll(':', ''));
  }

  stops(message: SeenMessage): void {
    const { channel, one } = this.#find(message);
    if (one.stream?.state !== 'in_progress') throw new Error('that message does not grow');
    Object.assign(one.stream, { state: 'completed', stopped: true });
    const thread_ts = one.threadTs ?? one.ts;
    const event_ts = this.#context.world.clock.ts();
    const shared = { channel: channel.id, user: this.id, thread_ts, streaming_message_ts: [one.ts], event_ts };
    this.#context.events.tell(this.#asker().team, { type: 'agent_session_stopped', ...shared });
    this.#context.world.changed();
  }

  /** For what only needs it. */
  get context(): Context {
    return this.#context;
  }

  async slash(where: Where, command: string, text = ''): Promise<Interaction> {
    const { app } = this.#context;
    if (!app.commands.has(command)) throw new Error(`${command} is not a command of ${app.name}`);
    const asker = this.#asker();
    if (!asker.installation.scopes.has('commands')) throw new Error(`${app.name} was installed without commands`);
    return slash(asker, this.#writes(where), command, text);
  }

  async shortcut(shortcut: string): Promise<Interaction> {
    return globalShortcut(this.#asker(), this.#shortcut('global', shortcut));
  }

  async messageShortcut(message: SeenMessage, shortcut: string): Promise<Interaction> {
    const { channel, one } = this.#find(message);
    return messageShortcut(this.#asker(), channel, one, this.#shortcut('message', shortcut));
  }

  async presses(on: Surface, button: string): Promise<Interaction> {
    const { place, parts } = this.#surface(on);
    const buttons = parts.filter(({ element: { type } }) => /^(button|icon_button|feedback_buttons)$/.test(type));
    const texts = (part: Part) => [
      wordsOf(part.element.text),
      wordsOf(part.element.positive_button?.text),
      wordsOf(part.element.negative_button?.text),
    ];
    const found =
      buttons.find(({ actionId }) => actionId === button) ?? buttons.find((part) => texts(part).includes(button));
    if (found === undefined) throw new Error(`no button "${button}" among ${buttons.flatMap(texts).join(', ')}`);
    const action = pressed(found, button, this.#context.world.clock.ts());
    return blockAction(this.#asker(), place, action, {});
  }

  async chooses(on: Surface, select: string, values: FieldValue): Promise<Interaction> {
    const { place, parts } = this.#surface(on);
    const part = findSelect(parts, select);
    const action = chosen(part, values, this.#context.world.clock.ts(), this.#loaded);
    const state = formState([part], { [part.actionId]: values }, this.#loaded);
    return blockAction(this.#asker(), place, action, state);
  }

  async loads(on: Surface, select: string, typed: string): Promise<readonly { text: string; value: string }[]> {
    const { place, parts } = this.#surface(on);
    const { actionId, blockId } = findSelect(parts, select);
    const found = await suggestion(this.#asker(), place, actionId, blockId, typed, {});
    this.#loaded.set(actionId, found);
    return found.map(({ text, value }) => ({ text: text.text, value }));
  }

  async submits(modal: SeenView | null, values: Readonly<Record<string, FieldValue>> = {}): Promise<Interaction> {
    const view = this.#view(modal);
    if (view.view.type !== 'modal' || view.view.submit === undefined) throw new Error('there is nothing to submit');
    return submitView(this.#asker(), view, formState(partsOf(view.view.blocks, view.id), values, this.#loaded));
  }

  async closes(modal: SeenView | null): Promise<Interaction | null> {
    const view = this.#view(modal);
    return closeView(this.#asker(), view, {});
  }

  opensHome(): void {
    this.#opensApp('home');
  }

  opensMessages(): void {
    this.#opensApp('messages');
  }

  opensAssistant(from?: Where): SeenMessage {
    const channel = this.#im();
    const { installation, team } = this.#asker();
    const { botUserId: userId, botId } = installation;
    const author = { userId, botId, username: null, iconEmoji: null, iconUrl: null };
    const first = post(this.#context, {
      channel,
      author,
      text: 'New Assistant Thread',
      subtype: 'assistant_app_thread',
    });
    const assistant_thread = this.#assistantThread(first, from);
    const event_ts = this.#context.world.clock.ts();
    const event = { type: 'assistant_thread_started', assistant_thread, event_ts } as const;
    this.#context.events.tell(team, event, { scope: 'assistant:write' });
    return seenMessage(this.#context, first);
  }

  looksAt(thread: SeenMessage, channel: Where): void {
    const { one } = this.#find(thread);
    const event_ts = this.#context.world.clock.ts();
    const assistant_thread = this.#assistantThread(one, channel);
    const event = { type: 'assistant_thread_context_changed', assistant_thread, event_ts } as const;
    this.#context.events.tell(this.#asker().team, event, { scope: 'assistant:write' });
  }

  prompts(thread: SeenMessage): readonly { readonly title: string; readonly message: string }[] {
    const { prompts } = this.#context.world;
    const of = (ts: string) => prompts.get(`${thread.channelId} ${ts}`)?.prompts;
    return of(thread.ts) ?? of('') ?? [];
  }

  joins(where: Where): void {
    const channel = this.#channel(where);
    if (channel.kind !== 'public') throw new Error(`${this.name} can't join #${channel.name}`);
    if (!channel.members.has(this.id)) join(this, channel, this.id);
  }

  leaves(where: Where): void {
    const channel = this.#channel(where);
    channel.members.delete(this.id);
    membership(this, 'member_left_channel', channel, this.id);
  }

  invites(where: Where): void {
    const channel = this.#writes(where);
    const { botUserId } = this.#asker().installation;
    if (channel.members.has(botUserId)) return;
    join(this, channel, botUserId);
    const last = channel.messages.findLast((one) => one.author.userId === this.id && !one.deleted);
    if (last !== undefined) this.#context.events.mention(channel, last);
  }

  installs(installUrl: string, choice: 'allow' | 'cancel' | { readonly org: true } = 'allow'): Promise<Page> {
    const chosenOne = typeof choice === 'string' ? choice : 'org';
    return installThrough(this.#context, this.#oauth, this.#user, installUrl, chosenOne);
  }

  uninstalls(): void {
    if (this.#user.role === 'guest') throw new Error(`${this.name} may not remove apps`);
    uninstall(this.#context, this.#asker().installation);
  }

  revokes(): void {
    revoke(this.#context, this.#asker().installation);
  }

  #asker(): Asker {
    return askerOf(this.#context, this.#user);
  }

  #im(): Channel {
    return this.#context.world.imWith(this.#asker().installation, this.id);
  }

  #opensApp(tab: 'home' | 'messages'): void {
    const { world, events, ...context } = this.#context;
    const { team, installation } = this.#asker();
    const home = world.homes.get(`${team.id} ${this.id}`);
    const channel = world.imWith(installation, this.id);
    const view =
      home === undefined || tab !== 'home' ? {} : { view: homeView(viewOutput(context, installation, home, {})) };
    events.tell(team, {
      type: 'app_home_opened',
      user: this.id,
      channel: channel.id,
      tab,
      ...view,
      event_ts: world.clock.ts(),
    });
  }

  #assistantThread(first: Message, from: Where | undefined) {
    const place = from === undefined ? {} : { channel_id: this.#channel(from).id, team_id: this.#user.teamId };
    const enterprise_id = this.#asker().team.enterprise?.id ?? null;
    return {
      user_id: this.id,
      context: { ...place, enterprise_id },
      channel_id: first.channelId,
      thread_ts: first.ts,
    };
  }

  #channel(where: Where): Channel {
    const channel = this.#context.world.channel(typeof where === 'string' ? where : where.id);
    if (channel.teamId !== this.#user.teamId) throw new Error(`${this.name} is in another workspace`);
    return channel;
  }

  #writes(where: Where): Channel {
    const channel = this.#channel(where);
    if (channel.archived) throw new Error(`#${channel.name} is archived`);
    if (!channel.members.has(this.id)) throw new Error(`${this.name} is not in #${channel.name}`);
    return channel;
  }

  #find(message: SeenMessage): { readonly channel: Channel; readonly one: Message } {
    const channel = this.#channel(message.channelId);
    const one = channel.messages.find((it) => it.ts === message.ts && !it.deleted);
    const mine = one?.visibleTo === null || one?.visibleTo === this.id;
    if (one === undefined || !mine || !channel.members.has(this.id))
      throw new Error(`${this.name} does not see that message`);
    return { channel, one };
  }

  #own(message: SeenMessage): { readonly channel: Channel; readonly one: Message } {
    const found = this.#find(message);
    if (found.one.author.userId !== this.id) throw new Error(`${this.name} did not write that message`);
    return found;
  }

  #view(seen: SeenView | null): OpenView {
    const view = seen === null ? undefined : this.#context.world.views.get(seen.id);
    if (view === undefined || !view.open || view.userId !== this.id)
      throw new Error(`${this.name} has no such view open`);
    return view;
  }

  #surface(on: Surface): { readonly place: On; readonly parts: Part[] } {
    if (on === null || 'view' in on) {
      const view = this.#view(on);
      return { place: { kind: 'view', view }, parts: partsOf(view.view.blocks, view.id) };
    }
    const { channel, one } = this.#find(on);
    return { place: { kind: 'message', channel, message: one }, parts: partsOf(one.blocks, one.ts) };
  }

  #shortcut(type: 'global' | 'message', named: string): string {
    const { shortcuts, name } = this.#context.app;
    const found = shortcuts.find((one) => one.type === type && (one.callback_id === named || one.name === named));
    if (found === undefined) throw new Error(`${name} has no ${type} shortcut ${named}`);
    return found.callback_id;
  }
}

/** A person or another app's bot says something. */
export function say(
  context: Context,
  channel: Channel,
  user: User,
  text: string,
  { thread, files = [], broadcast }: Saying,
): Message {
  const { world } = context;
  const kept = files.map(({ name, contentType, bytes }) => {
    const given = { name, title: name, mimetype: contentType, bytes, botId: user.botId };
    return keep(context, { ...given, id: world.id('F'), teamId: channel.teamId, userId: user.id });
  });
  const ts = typeof thread === 'object' ? (thread.threadTs ?? thread.ts) : thread;
  if (ts !== undefined && world.findMessage(channel, ts) === null) throw new Error('there is no such thread here');
  return post(context, {
    channel,
    author: { ...byUser(user.id), botId: user.botId },
    text: asTyped(text),
    files: kept,
    threadTs: ts ?? null,
    broadcast: broadcast ?? false,
    clientMsgId: user.botId === null ? crypto.randomUUID() : null,
    ...(kept.length > 0 ? { subtype: 'file_share' } : {}),
  });
}

function findSelect(parts: readonly Part[], select: string): Part {
  const selects = parts.filter(({ element: { type } }) => !/button/.test(type));
  const called = ({ actionId, element, input }: Part) => [actionId, wordsOf(element.placeholder), input?.label];
  const found = selects.find((part) => called(part).includes(select));
  if (found === undefined) throw new Error(`no select "${select}" among ${selects.flatMap(called).join(', ')}`);
  return found;
}

/** Events show a home as the app gave it, and more. */
function homeView(output: ReturnType<typeof viewOutput>) {
  return { ...output, type: 'home' as const };
}
