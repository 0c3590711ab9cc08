/** One serving process of the soak, set up by its environment like any other. Says `ready`; ends when it is told to. */
import '../../src/startup.ts';

const [{ pino }, { readConfig }, { startServing }, { createHall }] = await Promise.all([
  import('pino'),
  import('../../src/config.ts'),
  import('../../src/cli/serve.ts'),
  import('./hall.ts'),
]);

const log = pino({ level: process.env.SOAK_LOG ?? 'error' });
const serving = await startServing(readConfig(), [createHall(process.env.SOAK_PLATFORM ?? '')], log, {
  pauses: [250, 500, 1_000, 2_000, 4_000],
});
process.send?.('ready');
process.on('SIGTERM', () => void serving.stop().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(0));
