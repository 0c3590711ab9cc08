/** `tertulia doctor`: is everything a debate needs in place, and what to do where it is not. */
import { join } from 'node:path';
import { openStore } from '../../db/connect.ts';
import { defaultReaderSettings, readArticle } from '../article/read.ts';
import type { Config } from '../config.ts';
import { inLanguage, type Language, type Localised } from '../debate.ts';
import { loadLibrary } from '../personas/library.ts';
import { sentence } from './report.ts';

/** What was found, for the line that says it is fine. */
type Check = { readonly name: Localised; readonly run: (config: Config) => Promise<Localised> };

const NODE = 24;

const checks: readonly Check[] = [
  { name: { en: 'Runtime', es: 'Entorno' }, run: runtime },
  { name: { en: 'Database', es: 'Base de datos' }, run: database },
  { name: { en: 'Model', es: 'Modelo' }, run: model },
  { name: { en: 'Article reader', es: 'Lector de artículos' }, run: reader },
  { name: { en: 'Personas', es: 'Personas' }, run: personas },
];

/** Prints a line a check; resolves with 0 when a debate can be held, 1 otherwise. */
export async function doctor(
  config: Config,
  language: Language,
  print: (line: string) => Promise<void>,
): Promise<number> {
  let healthy = true;
  for (const { name, run } of checks) {
    const shown = inLanguage(name, language);
    try {
      await print(`✓ ${shown}: ${inLanguage(await run(config), language)}`);
    } catch (error) {
      healthy = false;
      await print(`✗ ${shown}: ${sentence(error, language, null)}`);
    }
  }
  return healthy ? 0 : 1;
}

async function runtime(): Promise<Localised> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < NODE)
    throw new Error(`Node ${process.versions.node} is too old; run it by npm, which brings Node ${NODE}`);
  const same = `Node ${process.versions.node}`;
  return { en: same, es: same };
}

async function database(config: Config): Promise<Localised> {
  const store = await openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl });
  const debates = await store.list('local', 1000);
  await store.close();
  const where = config.databaseUrl ? 'Postgres (DATABASE_URL)' : config.dataDir;
  return { en: `${where}, ${debates.length} debates`, es: `${where}, ${debates.length} debates` };
}

async function model(config: Config): Promise<Localised> {
  if (!config.model) {
    return {
      en: 'none set, so the offline voice speaks (it quotes and does not reason); set TERTULIA_MODEL and OPENAI_API_KEY in .env',
      es: 'ninguno, así que habla la voz sin conexión (cita, no razona); define TERTULIA_MODEL y OPENAI_API_KEY en .env',
    };
  }
  const { checkModel } = await import('../agents/check.ts');
  await checkModel(config.model, AbortSignal.timeout(30_000));
  return { en: `${config.model.model} answers`, es: `${config.model.model} contesta` };
}

async function reader(): Promise<Localised> {
  const sample = join(import.meta.dirname, '..', 'article', 'samples', 'post-training.en.md');
  const article = await readArticle({ kind: 'file', path: sample }, defaultReaderSettings);
  return {
    en: `the sample article has ${article.passages.length} passages in ${article.sections.length} sections`,
    es: `el artículo de muestra tiene ${article.passages.length} pasajes en ${article.sections.length} secciones`,
  };
}

async function personas(config: Config): Promise<Localised> {
  const { personas: all, panels } = await loadLibrary(config.personasDir);
  return { en: `${all.size}, in ${panels.size} panel(s)`, es: `${all.size}, en ${panels.size} mesa(s)` };
}
