/** Whether debates can be held with a model, found out by one tiny call. */
import { InputError } from '../errors.ts';
import { createCaller } from './calling.ts';
import { checkNames, type ModelSettings } from './models.ts';

export interface ModelHealth {
  readonly model: string;
  /** To the end of its answer, in ms. */
  readonly ms: number;
}

/** Rejects with an InputError that says what is wrong and what to do, or with the signal's reason when aborted. */
export async function checkModel(settings: ModelSettings, signal: AbortSignal): Promise<ModelHealth> {
  checkNames(settings);
  const call = createCaller({ ...settings, fallbackModel: null, maxRetries: 0 });
  const prompt = [{ role: 'user' as const, content: 'Answer with the one word: ready' }];
  const manner = { json: false, temperature: undefined };
  const began = performance.now();
  try {
    await call(settings.model, { prompt, manner }, { text: () => {}, restart: () => {} }, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    const text = {
      en: `${error.message} Try again, or choose another model with TERTULIA_MODEL.`,
      es: `${settings.model} no responde como es debido: prueba otra vez o elige otro modelo con TERTULIA_MODEL.`,
    };
    throw new InputError(text, { cause: error });
  }
  return { model: settings.model, ms: Math.round(performance.now() - began) };
}
