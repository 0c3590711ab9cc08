/** Words that grew and were never finished, of a process that ended or a response that was lost: nobody will, so they go. */
import type { Debate } from '../../src/debate.ts';
import { patiently } from './clients.ts';
import type { Connection } from './connection.ts';
import { isUnfinished, ownMessages } from './own.ts';

export async function clearUnfinished({ workspace, log }: Pick<Connection, 'workspace' | 'log'>, debate: Debate) {
  const here = await workspace(debate.workspace);
  const { channel } = debate.thread;
  for (const { ts } of await ownMessages(here, debate, 'thread', isUnfinished)) {
    // One that grows can't be deleted everywhere.
    await patiently(() => here.rest.chat.stopStream({ channel, ts })).catch(() => undefined);
    await patiently(() => here.rest.chat.delete({ channel, ts })).catch((error: unknown) =>
      log('unfinished words still stand there', { workspace: debate.workspace, debate: debate.id }, error),
    );
  }
}
