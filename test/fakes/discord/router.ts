/** Routes by pattern; each handler gets its own body and query, checked and typed. */
import type { Upload } from './index.ts';
import type { Bodies, Queries } from './requests.ts';

export type Body<R extends string> = R extends keyof Bodies ? Bodies[R] : undefined;
export type Query<R extends string> = R extends keyof Queries ? Queries[R] : undefined;

type Names<R extends string> = R extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : R extends `${string}:${infer Name}`
    ? Name
    : never;

/** A request as read from the wire. */
export interface Raw {
  readonly method: string;
  /** Below the version, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON, of a multipart request its `payload_json`. */
  readonly body: unknown;
  /** By position in `files[n]`. */
  readonly files: ReadonlyMap<string, Upload>;
  /** With the bot's token. */
  readonly asBot: boolean;
}

export interface Call<R extends string> {
  readonly body: Body<R>;
  readonly query: Query<R>;
  readonly files: ReadonlyMap<string, Upload>;
  readonly asBot: boolean;
  /** A part of the path. */
  at(name: Names<R>): string;
}

/** Checks what was sent to a route and hands it on typed; throws the 50035. */
export interface Checker {
  body<R extends string>(route: R, raw: Raw): Body<R>;
  query<R extends string>(route: R, raw: Raw): Query<R>;
}

export interface Route {
  readonly key: string;
  readonly method: string;
  readonly pattern: string;
  readonly parts: readonly string[];
  /** Works without the bot's token: its path carries another. */
  readonly open: boolean;
  run(raw: Raw): unknown;
}

export class Router {
  readonly routes: Route[] = [];
  readonly #checker: Checker;

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  /** `route` as 'POST /channels/:channel/messages'. What the handler returns is sent as JSON; undefined: 204. */
  on<R extends string>(route: R, handler: (call: Call<R>) => unknown): void {
    const [method = '', pattern = ''] = route.split(' ');
    const parts = pattern.split('/');
    const run = (raw: Raw) => {
      const given = raw.path.split('/');
      const at = (name: string) => decodeURIComponent(given[parts.indexOf(`:${name}`)] ?? '');
      const body = this.#checker.body(route, raw);
      return handler({ body, query: this.#checker.query(route, raw), files: raw.files, asBot: raw.asBot, at });
    };
    this.routes.push({
      key: route,
      method,
      pattern,
      parts,
      open: pattern.includes('/:token') || pattern === '/gateway',
      run,
    });
  }

  /** The route with the most literal parts wins. */
  find(method: string, path: string): Route | null {
    const given = path.split('/');
    const literal = (route: Route) => route.parts.filter((part) => !part.startsWith(':')).length;
    const fits = (route: Route) =>
      route.method === method &&
      route.parts.length === given.length &&
      route.parts.every((part, n) => (part.startsWith(':') ? given[n] !== '' : part === given[n]));
    return this.routes.filter(fits).sort((a, b) => literal(b) - literal(a))[0] ?? null;
  }
}
