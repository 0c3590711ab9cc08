/** What a debate needs before a database opens: quick to have, so that mistakes are told at once. */

import type { ModelSettings } from './agents/models.ts';
import { checkOfflineArticle } from './agents/offline/voice.ts';
import { defaultReaderSettings } from './article/read.ts';
import type { Config } from './config.ts';
import { type Panel, speakers } from './debate.ts';
import { formats } from './formats/registry.ts';
import type { Preparation } from './host/convene.ts';
import { loadLibrary } from './personas/library.ts';
import type { Caster } from './ports/voice.ts';
import { loadPrices, type Prices } from './spending/prices.ts';

export interface Prepared extends Preparation {
  readonly prices: Prices;
}

/** Rejects with an InputError when a persona, a panel or a price is malformed. */
export async function prepare(config: Config): Promise<Prepared> {
  const { model } = config;
  const prices = await loadPrices(config.pricesFile, model?.baseUrl ? 'openai' : null);
  return {
    prices,
    unpriced: (panel) => (model ? modelsOf(model, panel).filter((name) => prices(name) === null) : []),
    library: await loadLibrary(config.personasDir),
    formats,
    voice: config.model ? 'model' : 'offline',
    fits: config.model ? () => undefined : checkOfflineArticle,
    reader: { ...defaultReaderSettings, allowPrivateUrls: config.allowPrivateUrls },
    limits: config.limits,
    ...(config.model && { caster: casterOf(config.model) }),
  };
}

/** LangChain is loaded when somebody asks for a cast. */
function casterOf(model: ModelSettings): Caster {
  return {
    propose: async (topic, library, signal) =>
      (await import('./agents/caster.ts')).createCaster(model).propose(topic, library, signal),
  };
}

/** Every model that may speak in a debate of that panel. */
function modelsOf(settings: ModelSettings, panel: Panel): readonly string[] {
  const chosen = speakers(panel).map(
    ({ model, role }) => model ?? (role === 'coordinator' ? settings.coordinatorModel : null) ?? settings.model,
  );
  return [...new Set([...chosen, ...(settings.fallbackModel === null ? [] : [settings.fallbackModel])])];
}

/** Rejects with an InputError when the model cannot speak as it is set up: no key, no package. Calls nothing. */
export async function checkModelSetUp({ model }: Config): Promise<void> {
  if (!model) return;
  const { checkNames, openModel } = await import('./agents/models.ts');
  checkNames(model);
  await openModel(model.model, { json: false, temperature: undefined }, model, new Set());
}
