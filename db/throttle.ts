/** How much all processes together ask of a model, and when it has asked them all to wait. */
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import type { Throttle } from '../src/ports/voice.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { limits } from './schema/limits.ts';

/** Whether a model has asked for a pause is looked up at most as often. Milliseconds. */
const FRESH = 1_000;
/** More points than anybody may use: so is a pause kept by processes that count and by those that don't. */
const HELD = 1_000_000_000;

interface Look {
  readonly at: number;
  /** Until when nobody is to ask, by this process's clock. */
  readonly until: Promise<number>;
}

/** `perMinute`: calls of one model; null: as many as it takes. */
export function createThrottle(db: Db, perMinute: number | null): Throttle {
  const limiter = new RateLimiterDrizzle({
    storeClient: db,
    schema: limits,
    keyPrefix: 'model',
    points: perMinute ?? 1,
    duration: 60,
    // A row a model, which is used again.
    clearExpiredByTimeout: false,
  });
  const looks = new Map<string, Look>();
  const look = async (model: string): Promise<number> => {
    const found = await limiter.get(model);
    return found && found.consumedPoints >= HELD ? Date.now() + found.msBeforeNext : 0;
  };
  const pauseOf = async (model: string): Promise<number> => {
    const last = looks.get(model);
    const fresh = last && Date.now() - last.at < FRESH ? last : { at: Date.now(), until: look(model) };
    looks.set(model, fresh);
    fresh.until.catch(() => looks.delete(model));
    return Math.max(0, (await fresh.until) - Date.now());
  };
  return {
    pass: explaining(async (model) => {
      if (perMinute === null) return pauseOf(model);
      try {
        await limiter.consume(model);
        return 0;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext);
        throw refused;
      }
    }),
    hold: explaining(async (model, ms) => {
      const pause = await look(model);
      const until = Date.now() + ms;
      if (pause >= until) return;
      await limiter.set(model, HELD, ms / 1_000);
      looks.set(model, { at: Date.now(), until: Promise.resolve(until) });
    }),
  };
}
