/** views.*: modals and homes. */
import { randomBytes } from 'node:crypto';
import type { View } from '@slack/types';
import { checkBlocks } from '../block-rules.ts';
import type { Call } from '../context.ts';
import { broken, refusal } from '../errors.ts';
import { viewOutput } from '../view-output.ts';
import type { OpenView, Trigger, World } from '../world.ts';
import type { Handlers } from './handlers.ts';

const TRIGGER_MS = 3000;
const MOST_BYTES = 250_000;
const MOST_VIEWS = 3;
const MOST_METADATA = 3000;
const MOST_TITLE = 24;

export const viewMethods = {
  'views.open': (call, args) => {
    const trigger = exchange(call, args);
    if (args.view.type !== 'modal')
      throw broken('invalid_arguments', 'only modals are opened [json-pointer:/view/type]');
    checkView(call, args.view);
    return shown(call, add(call.world, trigger, args.view, null));
  },
  'views.push': (call, args) => {
    const trigger = exchange(call, args);
    if (args.view.type !== 'modal')
      throw broken('invalid_arguments', 'only modals are pushed [json-pointer:/view/type]');
    checkView(call, args.view);
    const top = topView(call.world, trigger.userId);
    if (top === null || trigger.viewId === null) throw refusal('not_found');
    return shown(call, push(call.world, top, args.view));
  },
  'views.update': (call, args) => {
    const { view_id, external_id }: { view_id?: string; external_id?: string } = args;
    const view = [...call.world.views.values()].find(
      (one) => one.id === view_id || (external_id !== undefined && one.view.external_id === external_id),
    );
    if (view === undefined || !view.open || !call.covers(view.teamId)) throw refusal('not_found');
    checkView(call, args.view, view);
    update(call.world, view, args.view, args.hash);
    return shown(call, view);
  },
  'views.publish': (call, args) => {
    const user = call.user(args.user_id);
    if (args.view.type !== 'home')
      throw broken('invalid_arguments', 'only homes are published [json-pointer:/view/type]');
    const key = `${user.teamId} ${user.id}`;
    const known = call.world.homes.get(key);
    checkView(call, args.view, known);
    if (known !== undefined) {
      update(call.world, known, args.view, args.hash);
      return shown(call, known);
    }
    const home = newView(call.world, user.id, user.teamId, args.view, null);
    call.world.homes.set(key, home);
    call.world.changed();
    return shown(call, home);
  },
} satisfies Partial<Handlers>;

function shown(call: Call, view: OpenView) {
  return { ok: true, view: viewOutput(call.context, call.installation, view, {}) };
}

function exchange(call: Call, args: object): Trigger {
  const { trigger_id, interactivity_pointer }: { trigger_id?: string; interactivity_pointer?: string } = args;
  const trigger = call.world.triggers.get(trigger_id ?? interactivity_pointer ?? '');
  if (trigger === undefined || !call.covers(trigger.teamId)) throw refusal('invalid_trigger_id');
  if (trigger.used) throw refusal('exchanged_trigger_id');
  if (call.world.clock.now() - trigger.at > TRIGGER_MS) throw refusal('expired_trigger_id');
  trigger.used = true;
  return trigger;
}

/** Complains of what Slack would not show. */
export function checkView(context: Pick<Call, 'world'>, view: View, replaces?: OpenView): void {
  const wrong = [...checkBlocks(view.blocks, view.type === 'home' ? 'home' : 'modal').wrong];
  const texts = view.type === 'modal' ? { title: view.title, submit: view.submit, close: view.close } : {};
  for (const [name, text] of Object.entries(texts)) {
    const long = text !== undefined && (text.text.length > MOST_TITLE || text.text === '');
    if (long) wrong.push(`must be 1 to ${MOST_TITLE} characters [json-pointer:/view/${name}]`);
  }
  if ((view.private_metadata?.length ?? 0) > MOST_METADATA)
    wrong.push('must be less than 3001 characters [json-pointer:/view/private_metadata]');
  if ((view.callback_id?.length ?? 0) > 255)
    wrong.push('must be less than 256 characters [json-pointer:/view/callback_id]');
  const hasInput = view.blocks.some(({ type }) => type === 'input');
  if (view.type === 'modal' && hasInput && view.submit === undefined)
    wrong.push('missing required field: submit [json-pointer:/view/submit]');
  if (JSON.stringify(view).length > MOST_BYTES) throw broken('view_too_large');
  if (wrong.length > 0) throw broken('invalid_arguments', ...wrong);
  const { external_id } = view;
  const taken = [...context.world.views.values()].some(
    (one) => one.open && one !== replaces && external_id !== undefined && one.view.external_id === external_id,
  );
  if (taken) throw refusal('duplicate_external_id');
}

function newView(world: World, userId: string, teamId: string, view: View, below: OpenView | null): OpenView {
  const id = world.id('V');
  const hash = `${world.clock.seconds()}.${randomBytes(4).toString('hex')}`;
  const open: OpenView = {
    id,
    teamId,
    userId,
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    view,
    hash,
    open: true,
  };
  world.views.set(id, open);
  return open;
}

function add(world: World, trigger: Trigger, view: View, below: OpenView | null): OpenView {
  // A new stack of modals takes the place of what was open.
  for (const one of world.views.values())
    if (one.userId === trigger.userId && one.view.type === 'modal') one.open = false;
  const added = newView(world, trigger.userId, trigger.teamId, view, below);
  world.changed();
  return added;
}

export function push(world: World, below: OpenView, view: View): OpenView {
  const depth = [...world.views.values()].filter((one) => one.open && one.rootId === below.rootId).length;
  if (depth >= MOST_VIEWS) throw refusal('push_limit_reached');
  const pushed = newView(world, below.userId, below.teamId, view, below);
  world.changed();
  return pushed;
}

export function update(world: World, view: OpenView, to: View, hash?: string): void {
  if (hash !== undefined && hash !== view.hash) throw refusal('hash_conflict');
  view.view = to;
  view.hash = `${world.clock.seconds()}.${randomBytes(4).toString('hex')}`;
  world.changed();
}

export function topView(world: World, userId: string): OpenView | null {
  return (
    [...world.views.values()].filter((one) => one.userId === userId && one.open && one.view.type === 'modal').at(-1) ??
    null
  );
}
