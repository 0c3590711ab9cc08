/** A channel where no debate is: words of the program there, and what people reacted to. */
import { z } from 'zod';
import { linkIn } from '../../src/chat/pointed.ts';
import { InputError } from '../../src/errors.ts';
import type { Notice, PopularLink } from '../../src/ports/adapter.ts';
import type { Place } from '../../src/ports/host.ts';
import { patiently, refusedWith } from './clients.ts';
import type { Connection } from './connection.ts';
import { invitationBlocks } from './controls.ts';
import { isWritten, messageShape } from './decode.ts';
import { plain, QUIET } from './encode.ts';
import { fromSlack } from './mrkdwn.ts';
import { carries, messagesOf, metadataOf, PAGE } from './own.ts';
import { mustBeAllowed } from './places.ts';

/** One that is repeated comes soon after; apps whose reading is throttled get no more at a time. */
const RECENT = 15;

/** Looks first: an earlier attempt may have come through. */
export async function tell({ workspace, host }: Connection, place: Place, notice: Notice): Promise<void> {
  const { key, text, language, invites } = notice;
  const { rest } = await workspace(place.workspace);
  const { channel } = place;
  const said = await patiently(() =>
    rest.conversations.history({ channel, limit: RECENT, include_all_metadata: true }),
  );
  if (messagesOf(said).some(carries(key))) return;
  const body = plain(text);
  const buttons = invitationBlocks(invites, host.verbs, { debate: '', channel: '', thread: '' }, language);
  const metadata = metadataOf('notice', key);
  await patiently(() =>
    rest.chat.postMessage({ channel, ...body, blocks: [...body.blocks, ...buttons], ...QUIET, metadata }),
  );
}

/** Links further back are not looked for: a thousand messages, 75 where reading is throttled, which takes minutes. */
const MOST_PAGES = 5;

const reactedShape = z.array(messageShape.extend({ reactions: z.array(z.object({ count: z.number() })).nullish() }));
type Reacted = z.infer<typeof reactedShape>[number];

/** What people wrote there since, by how many reacted to it. */
export async function popularLinks(connection: Connection, place: Place, since: Date): Promise<readonly PopularLink[]> {
  const workspace = await connection.workspace(place.workspace);
  await mustBeAllowed(workspace, place);
  const { channel } = place;
  const oldest = String(since.getTime() / 1000);
  const counts = new Map<string, number>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await patiently(() =>
      workspace.rest.conversations.history({ channel, limit: PAGE, oldest, ...(cursor && { cursor }) }),
    ).catch((error: unknown) => {
      throw refusedWith(error, 'missing_scope') ? cannotRead(channel, error) : error;
    });
    for (const message of reactedShape.parse(answer.messages ?? [])) count(message, workspace.botUserId, counts);
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (!cursor) break;
  }
  const links = [...counts].map(([url, reactions]) => ({ url, reactions }));
  return links.toSorted((one, other) => other.reactions - one.reactions);
}

function count(message: Reacted, self: string, counts: Map<string, number>): void {
  const link = isWritten(message) && message.user !== self ? linkIn(fromSlack(message.text ?? '', self)) : null;
  if (!link) return;
  const sum = (message.reactions ?? []).reduce((all, reaction) => all + reaction.count, 0);
  counts.set(link, (counts.get(link) ?? 0) + sum);
}

const refusal = z.object({ data: z.object({ needed: z.string() }) });

/** Slack says which one it wants; of several, any would do, so the one for this kind of channel is named. */
function cannotRead(channel: string, cause: unknown): InputError {
  const needed = refusal.safeParse(cause).data?.data.needed;
  const kind = channel.startsWith('D') ? 'im:history' : channel.startsWith('G') ? 'groups:history' : 'channels:history';
  const scope = needed === undefined || needed.includes(',') ? kind : needed;
  return new InputError(
    {
      en: `To see which links people share and react to I need the scope ${scope}; add it under OAuth & Permissions of the app and install it again.`,
      es: `Para ver qué enlaces se comparten y a cuáles se reacciona necesito el permiso ${scope}; añádelo en OAuth & Permissions de la aplicación e instálala de nuevo.`,
    },
    { cause },
  );
}
