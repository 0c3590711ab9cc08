/** A channel where no debate is: words of the program there. */
import type { Notice, Place } from '../../src/ports.ts';
import { patiently } from './clients.ts';
import type { Connection } from './connection.ts';
import { plain, QUIET } from './encode.ts';
import { carries, messagesOf, metadataOf } from './own.ts';

/** One that is repeated comes soon after; apps whose reading is throttled get no more at a time. */
const RECENT = 15;

/** Looks first: an earlier attempt may have come through. */
export async function tell({ workspace }: Connection, place: Place, { key, text }: Notice): Promise<void> {
  const { rest } = await workspace(place.workspace);
  const { channel } = place;
  const said = await patiently(() =>
    rest.conversations.history({ channel, limit: RECENT, include_all_metadata: true }),
  );
  if (messagesOf(said).some(carries(key))) return;
  const metadata = metadataOf('notice', key);
  await patiently(() => rest.chat.postMessage({ channel, ...plain(text), ...QUIET, metadata }));
}
