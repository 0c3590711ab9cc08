/** What the operator reads in the log and readers in their thread, of debates that nobody in particular waits for. */
import type { Logger } from 'pino';
import type { Keeper } from '../conducting/worker.ts';
import { type Debate, inLanguage } from '../debate.ts';
import { remedyOf } from '../errors.ts';
import type { Adapter } from '../ports/adapter.ts';
import { reasons } from './report.ts';

/** Tells the operator by the log and readers by their thread. Neither what was said nor a secret goes to the log. */
export function keeperOf(adapters: readonly Adapter[], log: Logger): Keeper {
  const adapterOf = ({ thread }: Debate) => adapters.find(({ name }) => name === thread.adapter);
  const named = ({ workspace, id, thread }: Debate) => ({ workspace, debate: id, adapter: thread.adapter });
  return {
    took: (debate) => log.info(named(debate), 'taken up'),
    rested: (debate, status) => {
      log.info({ ...named(debate), status }, 'rests');
      adapterOf(debate)?.rested?.(debate, status);
    },
    stumbled: (debate, error, pause) =>
      log.warn({ ...named(debate), reasons: reasons(error), pause }, 'went wrong, and is tried again'),
    failed: (debate, error) => {
      log.error({ ...named(debate), reasons: reasons(error) }, 'broke off');
      adapterOf(debate)?.notice?.(debate, brokenOff(debate, error));
      adapterOf(debate)?.rested?.(debate, 'failed');
    },
    letGo: ({ workspace, id }, why) => log.info({ workspace, debate: id, reasons: reasons(why) }, 'let go'),
    trouble: (error) => log.warn({ reasons: reasons(error) }, 'the database or its queue is in trouble'),
  };
}

/** For readers of the thread: what they can put right, else that it was not them. */
function brokenOff({ language }: Debate, error: unknown): string {
  const what = remedyOf(error)?.in(language) ?? inLanguage(OUR_FAULT, language);
  return `${what} ${inLanguage(RESUME, language)}`;
}

const OUR_FAULT = {
  en: 'The debate broke off through a fault of the program.',
  es: 'El debate se ha interrumpido por un fallo del programa.',
};

const RESUME = {
  en: 'What was said is kept; "resume" takes it up again.',
  es: 'Lo dicho se conserva; «reanudar» lo retoma.',
};
