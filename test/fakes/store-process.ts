/**
 * Opens the log in the folder of its first argument, in a process of its own, as the user of its second. Says `opening`,
 * then `open` or why not; once open it saves turns to the debate `d` of workspace `w`, saying each number, until killed.
 */
import '../../src/startup.ts';
import { openStore } from '../../db/connect.ts';
import { InputError } from '../../src/errors.ts';
import { newTurn } from '../contracts/store-samples.ts';

const [dataDir = '', user] = process.argv.slice(2);
const say = (words: string) => process.stdout.write(`${words}\n`);
if (user) process.setuid?.(Number(user));
say('opening');
try {
  const store = await openStore({ dataDir, databaseUrl: null });
  say('open');
  for (;;) {
    const { n } = await store.saveTurn(
      'w',
      'd',
      newTurn(crypto.randomUUID()),
      [{ text: 'one', to: 'thread' }],
      'pending',
    );
    say(String(n));
  }
} catch (error) {
  say(error instanceof InputError ? `InputError ${error.message}` : `Error ${error}`);
}
