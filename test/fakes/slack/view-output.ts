/** Views as payloads and answers show them. */
import type { ViewOutput } from '@slack/bolt';
import type { AppSettings } from './app.ts';
import type { Installation, OpenView } from './world.ts';

type Values = ViewOutput['state']['values'];

export function viewOutput(
  { app }: { readonly app: AppSettings },
  installation: Installation,
  { id, teamId, view, hash, rootId, previousId }: OpenView,
  values: Values,
): ViewOutput {
  const modal = view.type === 'modal' ? view : null;
  const none = { type: 'plain_text' as const, text: 'View Title', emoji: true };
  return {
    id,
    team_id: teamId,
    type: view.type,
    blocks: view.blocks.map((block, n) => ({ ...block, block_id: block.block_id ?? blockId(id, n) })),
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    state: { values },
    hash,
    title: modal?.title ?? none,
    clear_on_close: modal?.clear_on_close ?? false,
    notify_on_close: modal?.notify_on_close ?? false,
    close: modal?.close ?? null,
    submit: modal?.submit ?? null,
    previous_view_id: previousId,
    root_view_id: rootId,
    app_id: app.id,
    external_id: view.external_id ?? '',
    app_installed_team_id: installation.teamId ?? teamId,
    bot_id: installation.botId,
  };
}

/** Blocks that came without an id get one, the same each time. */
export function blockId(owner: string, n: number): string {
  return `${owner.slice(-3).toLowerCase()}${n}`;
}
