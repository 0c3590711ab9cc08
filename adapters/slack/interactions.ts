/** Commands, buttons, menus, forms and shortcuts: acknowledged, then brought to the host, then answered. */
import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { askedFor } from '../../src/chat/offered.ts';
import { articleVerb, decodeMenu } from '../../src/chat/pointed.ts';
import { InputError } from '../../src/errors.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import type { Asker } from './answers.ts';
import { answerFailure } from './answers.ts';
import { type Asked, choicesFor, help, offeredFor, placeIn, see, verbNamed } from './asking.ts';
import { patiently } from './clients.ts';
import type { Connection, Workspace } from './connection.ts';
import { type Control, FEEDBACK, FILE, formFor, MORE, NEW, PRESS, readControl, readForm, WHERE } from './controls.ts';
import { decodeTyped, filesOf, messageShape, verbIn } from './decode.ts';
import { asFile, fetchFiles, readable } from './files.ts';
import { fromSlack } from './mrkdwn.ts';
import { WORDS } from './words.ts';

/** Who did something, and where an answer may go. */
interface Doing {
  readonly workspace: Workspace;
  readonly user: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly respond?: RespondFn;
}

async function askerOf({ people }: Connection, doing: Doing): Promise<Asker> {
  const { language } = await people.of(doing.workspace, doing.user);
  return { ...doing, language };
}

const commandShape = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
});

/** `/debate`: with words as they are typed, called bare as a form. */
export async function onCommand(body: unknown, teamId: string, respond: RespondFn, connection: Connection) {
  const { user_id: user, channel_id: channel, text, trigger_id } = commandShape.parse(body);
  const workspace = await connection.workspace(teamId);
  const asker = await askerOf(connection, { workspace, user, channel, thread: null, respond });
  const place = placeIn(workspace, channel, null);
  const { host } = connection;
  const { language } = asker;
  if (text.trim() === '') {
    const verb = articleVerb(host.verbs);
    if (verb)
      await openForm(connection, asker, trigger_id, verb, {
        verb: verb.name,
        debate: '',
        channel,
        thread: '',
        args: {},
      });
    return;
  }
  await see(connection, asker, `command:${trigger_id}`, async (): Promise<Asked> => {
    const words = fromSlack(text, workspace.botUserId);
    const verb = verbIn(words, host.verbs);
    const choices = verb ? await choicesFor(verb, place, connection, language) : {};
    const typed = decodeTyped(words, host.verbs, language, choices);
    return typed.type === 'help' ? help(host, language) : { act: typed.act, place };
  });
}

const actionShape = z.object({
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  actions: z.array(
    z.object({
      action_id: z.string(),
      value: z.string().optional(),
      selected_option: z.object({ value: z.string() }).nullish(),
    }),
  ),
});

/** A button or an item of a menu. */
export async function onAction(body: unknown, teamId: string, respond: RespondFn | undefined, connection: Connection) {
  const { trigger_id, user, channel, message, actions } = actionShape.parse(body);
  const [action] = actions;
  if (!action) return;
  const { action_id, value, selected_option } = action;
  const workspace = await connection.workspace(teamId);
  const here = { channel: channel?.id ?? '', thread: message?.thread_ts ?? message?.ts ?? null };
  const asker = await askerOf(connection, { workspace, user: user.id, ...here, ...(respond && { respond }) });
  if (action_id === NEW) return beginForm(connection, asker, trigger_id);
  const control = readControl(selected_option?.value ?? value);
  if (!control || !(action_id === FEEDBACK || action_id === MORE || action_id.startsWith(`${PRESS}:`))) return;
  const hangs = { channel: here.channel, thread: message?.thread_ts ?? '' };
  await press(connection, asker, trigger_id, control.channel === '' ? { ...control, ...hangs } : control);
}

/** A verb that needs more than the button knows is asked for in a form. */
async function press(connection: Connection, asker: Asker, triggerId: string, control: Control): Promise<void> {
  const verb = connection.host.verbs.find(({ name }) => name === control.verb);
  if (verb && askedFor(verb, control.args).length > 0) return openForm(connection, asker, triggerId, verb, control);
  await see(connection, asker, `block_actions:${triggerId}`, () =>
    controlled(asker.workspace, control, verbNamed(control.verb, connection.host), {}),
  );
}

/** About the debate the control is of, in its own thread, wherever the control hangs. */
function controlled(
  workspace: Workspace,
  { debate, channel, thread, args: known }: Control,
  verb: VerbDefinition,
  given: Readonly<Record<string, string>>,
): Exclude<Asked, string | null> {
  const which = verb.args.find((argument) => argument.choices === 'debates');
  const args = { ...known, ...given, ...(which && debate !== '' && { [which.name]: debate }) };
  return { act: { type: 'verb', verb: verb.name, args }, place: placeIn(workspace, channel, thread || null) };
}

async function openForm(
  connection: Connection,
  asker: Asker,
  trigger_id: string,
  verb: VerbDefinition,
  control: Control,
) {
  const { workspace, language } = asker;
  try {
    const place = placeIn(workspace, control.channel, control.thread || null);
    const entries = verb.args.map(async (argument) => [
      argument.name,
      await offeredFor(argument, place, connection, language),
    ]);
    const offered = Object.fromEntries(await Promise.all(entries));
    const takesFile = verb === articleVerb(connection.host.verbs);
    const view = formFor(verb, control, { offered, takesFile, language });
    await patiently(() => workspace.once.views.open({ trigger_id, view }));
  } catch (error) {
    await answerFailure(connection, asker, error);
  }
}

/** From a shortcut or the home page: where is asked in the form. */
async function beginForm(connection: Connection, asker: Asker, triggerId: string): Promise<void> {
  const verb = articleVerb(connection.host.verbs);
  if (verb)
    await openForm(connection, asker, triggerId, verb, {
      verb: verb.name,
      debate: '',
      channel: '',
      thread: '',
      args: {},
    });
}

const fieldShape = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_conversation: z.string().nullish(),
  files: z.array(z.object({ id: z.string() }).loose()).nullish(),
});

const viewShape = z.object({
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
  view: z.object({
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), fieldShape)) }),
  }),
});

/** A form that was sent. */
export async function onForm(body: unknown, teamId: string, connection: Connection): Promise<void> {
  const { trigger_id, user, view } = viewShape.parse(body);
  const control = readForm(view.private_metadata);
  if (!control) return;
  const workspace = await connection.workspace(teamId);
  const fields = Object.entries(view.state.values).flatMap(([block, inputs]) =>
    Object.values(inputs).map((input) => [block, input] as const),
  );
  const where = fields.find(([block]) => block === WHERE)?.[1].selected_conversation;
  const place = { ...control, channel: control.channel || where || '' };
  const here = { channel: place.channel, thread: place.thread || null };
  const asker = await askerOf(connection, { workspace, user: user.id, ...here });
  await see(connection, asker, `view_submission:${trigger_id}`, async () => {
    const args = fields.flatMap(([block, { value, selected_option, selected_options }]) => {
      const given = value ?? selected_option?.value ?? selected_options?.map((each) => each.value).join(' ');
      return given && block !== WHERE && block !== FILE ? [[block, given]] : [];
    });
    const ids = fields.flatMap(([block, { files }]) => (block === FILE ? (files ?? []).map(({ id }) => id) : []));
    const files = await fetchFiles(workspace, await lookUp(workspace.rest, ids));
    const asked = controlled(workspace, place, verbNamed(control.verb, connection.host), Object.fromEntries(args));
    return { ...asked, ...(files.length > 0 && { attachments: files }) };
  });
}

/** Files of a form are told by their ids alone. */
async function lookUp(rest: WebClient, ids: readonly string[]) {
  const found = ids.map((file) => patiently(() => rest.files.info({ file })));
  const files = (await Promise.all(found)).map(({ file }) => file);
  return filesOf({ files: messageShape.shape.files.parse(files) });
}

const shortcutShape = z.object({
  type: z.enum(['shortcut', 'message_action']),
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  message: messageShape.optional(),
});

/** "Debate this" on a message; without one, a form. */
export async function onShortcut(
  body: unknown,
  teamId: string,
  respond: RespondFn | undefined,
  connection: Connection,
) {
  const { trigger_id, user, channel, message } = shortcutShape.parse(body);
  const workspace = await connection.workspace(teamId);
  const here = { channel: channel?.id ?? '', thread: message?.thread_ts ?? message?.ts ?? null };
  const asker = await askerOf(connection, { workspace, user: user.id, ...here, ...(respond && { respond }) });
  if (!message || !channel) return beginForm(connection, asker, trigger_id);
  await see(connection, asker, `message_action:${trigger_id}`, async (): Promise<Asked> => {
    const verb = articleVerb(connection.host.verbs);
    const files = filesOf(message).filter(readable);
    const text = fromSlack(message.text ?? '', workspace.botUserId);
    const pointed = verb && decodeMenu(verb, text, files);
    if (!verb || !pointed) throw new InputError(WORDS.nothingThere);
    const place = placeIn(workspace, channel.id, here.thread);
    if ('words' in pointed) {
      return { act: { type: 'verb', verb: verb.name, args: {} }, place, attachments: asFile(pointed.words) };
    }
    return { act: pointed.act, place, ...(pointed.file && { attachments: await fetchFiles(workspace, files) }) };
  });
}
