/** What makes a start quick; to be imported before anything large is. */
import { enableCompileCache, type ResolveFnOutput, type ResolveHookContext, registerHooks } from 'node:module';

enableCompileCache();

const commonJs = ['node', 'require'];
const found = new Map<string, ResolveFnOutput>();

/*
 * Node 24 parses a package's `exports` again whenever anything of it is imported, 180 KB of Drizzle's and 28 of
 * LangChain's. So what a package imports by name is looked up once for the package, and Drizzle is taken in its CommonJS
 * form: as ES modules its files alone cost a third of a second and 230 MB.
 */
registerHooks({
  resolve(specifier, context, next) {
    if (!/^[@a-z]/.test(specifier) || /^(?:node|file|data):/.test(specifier)) return next(specifier, context);
    const wanted = specifier.startsWith('drizzle-orm') ? { ...context, conditions: commonJs } : context;
    const key = `${packageOf(context)} ${specifier} ${wanted.conditions.join()}`;
    const known = found.get(key) ?? { ...next(specifier, wanted), shortCircuit: true };
    found.set(key, known);
    return known;
  },
});

/** Modules of one package find the same by the same name. */
function packageOf({ parentURL = '' }: ResolveHookContext): string {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(parentURL)?.[0] ?? 'ours';
}
