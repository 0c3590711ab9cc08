/** Waiting for something to be so: looked at after each change here, and often, as the client changes too. */
import { inspect } from 'node:util';
import type { World } from './world.ts';

const LOOK_EVERY_MS = 10;

/** The first truthy value of `look`; rejects after `ms` with what `describe` says. */
export function until<T>(
  world: Pick<World, 'watch'>,
  look: () => T | null | undefined | false,
  ms: number,
  describe: () => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const attempt = () => {
      try {
        const found = look();
        if (found !== null && found !== undefined && found !== false) settle(() => resolve(found));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const settle = (end: () => void) => {
      clearInterval(often);
      clearTimeout(timer);
      unwatch();
      end();
    };
    const unwatch = world.watch(attempt);
    const often = setInterval(attempt, LOOK_EVERY_MS);
    const timer = setTimeout(() => {
      settle(() => reject(new Error(`not so within ${ms} ms; there is ${inspect(describe(), { depth: 6 })}`)));
    }, ms);
    attempt();
  });
}
