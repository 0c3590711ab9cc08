/** Commands, shortcuts, presses and forms on their way to the app, and what comes back. */
import type {
  BlockAction,
  BlockElementAction,
  BlockSuggestion,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { z } from 'zod';
import type { Context } from './context.ts';
import type { Values } from './form.ts';
import type { Interaction } from './index.ts';
import { checkView, push, update } from './methods/views.ts';
import { listedMessage } from './payloads.ts';
import { newResponseUrl, respond } from './response-urls.ts';
import { seenMessage } from './seen.ts';
import type { Ack } from './transport.ts';
import { viewOutput } from './view-output.ts';
import { anyView } from './wire-views.ts';
import type { Channel, Installation, Message, OpenView, ResponseUrl, Team, User } from './world.ts';

/** Who asks, and which bot is asked. */
export interface Asker {
  readonly context: Context;
  readonly user: User;
  readonly team: Team;
  readonly installation: Installation;
}

interface Came {
  readonly ack: Ack;
  readonly response: { readonly url: string; readonly state: ResponseUrl } | null;
  readonly trigger: string | null;
  readonly errors?: Readonly<Record<string, string>>;
}

export function askerOf(context: Context, user: User): Asker {
  const team = context.world.team(user.teamId);
  return { context, user, team, installation: context.world.botIn(team) };
}

/** What every interaction says of its workspace. */
function whose({ context, team, installation }: Asker) {
  const { enterprise } = team;
  const org = enterprise === null ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name };
  return {
    token: context.app.verificationToken,
    api_app_id: context.app.id,
    team: { id: team.id, domain: team.domain, ...org },
    ...(enterprise === null ? {} : { enterprise: { id: enterprise.id, name: enterprise.name } }),
    is_enterprise_install: installation.teamId === null,
  };
}

function person({ user }: Asker) {
  return { id: user.id, name: user.name, username: user.name, team_id: user.teamId };
}

export async function slash(asker: Asker, channel: Channel, command: string, text: string): Promise<Interaction> {
  const { context, user, team, installation } = asker;
  const response = responseUrl(asker, channel, null);
  const trigger_id = context.world.trigger(user.id, team.id, null);
  const { enterprise } = team;
  const payload = {
    token: context.app.verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    ...(enterprise === null ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'public' ? channel.name : 'privategroup',
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: context.app.id,
    is_enterprise_install: String(installation.teamId === null),
    response_url: response.url,
    trigger_id,
  } satisfies SlashCommand;
  const ack = await context.deliveries.ask('slash_commands', payload, true);
  // "You can respond with a message in the acknowledgement."
  const answered = ack.ok && typeof ack.answer === 'object' && ack.answer !== null;
  const wrong = answered ? respond(context, response.state, ack.answer) : null;
  if (wrong !== null) context.world.violation(`${command}: acknowledged with ${wrong}`);
  return interaction(context, { ack, response, trigger: trigger_id });
}

export async function globalShortcut(asker: Asker, callback_id: string): Promise<Interaction> {
  const { context, user, team } = asker;
  const trigger_id = context.world.trigger(user.id, team.id, null);
  const action_ts = context.world.clock.ts();
  const payload = {
    ...whose(asker),
    type: 'shortcut',
    callback_id,
    trigger_id,
    user: person(asker),
    action_ts,
  } satisfies GlobalShortcut;
  const ack = await context.deliveries.ask('interactive', payload, false);
  return interaction(context, { ack, response: null, trigger: trigger_id });
}

export async function messageShortcut(
  asker: Asker,
  channel: Channel,
  message: Message,
  callback_id: string,
): Promise<Interaction> {
  const { context, user, team } = asker;
  const response = responseUrl(asker, channel, message);
  const trigger_id = context.world.trigger(user.id, team.id, null);
  const payload = {
    ...whose(asker),
    type: 'message_action',
    callback_id,
    trigger_id,
    user: person(asker),
    channel: named(channel),
    message_ts: message.ts,
    message: listedMessage(context.world, context.app, channel, message, false),
    response_url: response.url,
    action_ts: context.world.clock.ts(),
  } satisfies MessageShortcut;
  const ack = await context.deliveries.ask('interactive', payload, false);
  return interaction(context, { ack, response, trigger: trigger_id });
}

/** What was pressed or chosen stands on a message or in a view. */
export type On =
  | { readonly kind: 'message'; readonly channel: Channel; readonly message: Message }
  | { readonly kind: 'view'; readonly view: OpenView };

export async function blockAction(asker: Asker, on: On, action: object, values: Values): Promise<Interaction> {
  const { context, user, team } = asker;
  const trigger_id = context.world.trigger(user.id, team.id, on.kind === 'view' ? on.view.id : null);
  const response = on.kind === 'message' ? responseUrl(asker, on.channel, on.message) : null;
  const payload = {
    ...whose(asker),
    type: 'block_actions',
    user: person(asker),
    actions: [isAction(action)],
    trigger_id,
    ...place(asker, on, values),
    ...(response === null ? {} : { response_url: response.url }),
  } satisfies Omit<BlockAction, 'response_url'>;
  const ack = await context.deliveries.ask('interactive', payload, false);
  return interaction(context, { ack, response, trigger: trigger_id });
}

const actionShape = z.custom<BlockElementAction>(
  (value) => z.looseObject({ type: z.string(), action_id: z.string(), block_id: z.string() }).safeParse(value).success,
);

function isAction(action: object): BlockElementAction {
  return actionShape.parse(action);
}

function place(asker: Asker, on: On, values: Values) {
  const { context } = asker;
  if (on.kind === 'view') {
    const view = viewOutput(context, asker.installation, on.view, values);
    return { container: { type: 'view', view_id: view.id }, view };
  }
  const { channel, message } = on;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.visibleTo !== null,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    channel: named(channel),
    message: listedMessage(context.world, context.app, channel, message, false),
    state: { values },
  };
}

const offered = z.object({ text: z.looseObject({ type: z.string(), text: z.string() }), value: z.string() });
const suggestions = z.looseObject({
  options: z.array(offered).max(100).optional(),
  option_groups: z.array(z.object({ label: z.looseObject({}), options: z.array(offered).max(100) })).optional(),
});

/** Options for what was typed into an external select. */
export async function suggestion(
  asker: Asker,
  on: On,
  actionId: string,
  blockId: string,
  value: string,
  values: Values,
) {
  const { context } = asker;
  const { container, ...rest } = place(asker, on, values);
  const payload = {
    ...whose(asker),
    type: 'block_suggestion',
    user: person(asker),
    action_id: actionId,
    block_id: blockId,
    value,
    container,
    ...rest,
  } satisfies BlockSuggestion;
  const ack = await context.deliveries.ask('interactive', payload, true);
  if (!ack.ok) return [];
  const { success, data } = suggestions.safeParse(ack.answer);
  if (!success) context.world.violation(`options for ${actionId}: no options in ${JSON.stringify(ack.answer)}`);
  return [...(data?.options ?? []), ...(data?.option_groups ?? []).flatMap(({ options }) => options)];
}

const viewAnswer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: anyView }),
  z.object({ response_action: z.literal('push'), view: anyView }),
  z.object({ response_action: z.literal('clear') }),
]);

export async function submitView(asker: Asker, view: OpenView, values: Values): Promise<Interaction> {
  const { context, user, team, installation } = asker;
  const trigger_id = context.world.trigger(user.id, team.id, view.id);
  const output = viewOutput(context, installation, view, values);
  const payload = {
    ...whose(asker),
    type: 'view_submission',
    user: person(asker),
    trigger_id,
    view: output,
    response_urls: [],
  } satisfies ViewSubmitAction;
  const ack = await context.deliveries.ask('interactive', payload, true);
  const errors = ack.ok ? follow(asker, view, ack.answer) : {};
  return interaction(context, { ack, response: null, trigger: trigger_id, errors });
}

/** Does what the answer to a submission says; returns the complaints it makes. */
function follow({ context }: Asker, view: OpenView, answer: unknown): Readonly<Record<string, string>> {
  const { world } = context;
  const stack = [...world.views.values()].filter((one) => one.rootId === view.rootId && one.open);
  if (answer === undefined) {
    view.open = false;
    world.changed();
    return {};
  }
  const { success, data } = viewAnswer.safeParse(answer);
  if (!success) {
    world.violation(`view_submission: an answer Slack does not know: ${JSON.stringify(answer).slice(0, 300)}`);
    return {};
  }
  if (data.response_action === 'errors') {
    const blocks = view.view.blocks.map(({ block_id }) => block_id);
    const strange = Object.keys(data.errors).filter((id) => !blocks.includes(id));
    if (strange.length > 0) world.violation(`view_submission: errors for unknown blocks ${strange.join(', ')}`);
    return data.errors;
  }
  try {
    if (data.response_action !== 'clear') checkView({ world }, data.view, view);
    if (data.response_action === 'update') update(world, view, data.view);
    else if (data.response_action === 'push') push(world, view, data.view);
    else for (const one of stack) one.open = false;
  } catch (error) {
    world.violation(`view_submission: ${error instanceof Error ? error.message : error}`);
  }
  world.changed();
  return {};
}

export async function closeView(asker: Asker, view: OpenView, values: Values): Promise<Interaction | null> {
  const { context, installation } = asker;
  view.open = false;
  context.world.changed();
  if (view.view.type !== 'modal' || view.view.notify_on_close !== true) return null;
  const output = viewOutput(context, installation, view, values);
  const payload = {
    ...whose(asker),
    type: 'view_closed',
    user: person(asker),
    view: output,
    is_cleared: false,
  } satisfies ViewClosedAction;
  const ack = await context.deliveries.ask('interactive', payload, false);
  return interaction(context, { ack, response: null, trigger: null });
}

function responseUrl({ context, user, installation }: Asker, channel: Channel, message: Message | null) {
  return newResponseUrl(context, {
    userId: user.id,
    channelId: channel.id,
    messageTs: message?.ts ?? null,
    threadTs: message?.threadTs ?? null,
    installation,
  });
}

function named(channel: Channel) {
  const name = channel.kind === 'im' ? 'directmessage' : channel.kind === 'public' ? channel.name : 'privategroup';
  return { id: channel.id, name };
}

function interaction(context: Context, { ack, response, trigger, errors = {} }: Came): Interaction {
  return {
    acknowledgedAfterMs: ack.ok ? ack.afterMs : null,
    failed: !ack.ok,
    answer: ack.ok ? ack.answer : undefined,
    errors,
    get responses() {
      const posted = response?.state.posted ?? [];
      return posted.filter((one) => !one.deleted).map((one) => seenMessage(context, one));
    },
    responseUrl: response?.url ?? null,
    triggerId: trigger,
  };
}
