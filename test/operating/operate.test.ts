/** What whoever runs a process is shown of it: over HTTP, and by a collector of spans. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { InputError } from '../../src/errors.ts';
import { type OperatingSettings, operate } from '../../src/operating/operate.ts';

const asked = {
  ready: async () => undefined,
  running: () => 3,
  depth: async () => ({ waiting: 5, active: 2 }),
};
const here: OperatingSettings = { http: { host: '127.0.0.1', port: 0 }, traces: false };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function operated(settings: OperatingSettings, rest: Partial<Parameters<typeof operate>[1]> = {}) {
  const operation = await operate(settings, { ...asked, ...rest });
  closing.push(operation.stop);
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${operation.port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { ...operation, get };
}

describe('over HTTP', () => {
  test('it lives, and is ready once it is', async () => {
    let isReady = false;
    const { get } = await operated(here, {
      ready: async () => (isReady ? undefined : Promise.reject(new Error('no'))),
    });
    expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
    expect((await get('/readyz')).status).toBe(503);
    isReady = true;
    expect(await get('/readyz?verbose')).toEqual({ status: 200, text: 'ready\n' });
    expect((await get('/')).status).toBe(404);
  });

  test('a database that says nothing makes it not ready', async () => {
    const { get } = await operated(here, { ready: () => new Promise(() => undefined) });
    expect((await get('/readyz')).status).toBe(503);
  });

  test('its metrics tell what it and the queue are at, and what took how long', async () => {
    const { get, watch, counted } = await operated(here);
    await watch.observe('post', { adapter: 'hall', workspace: 'secret-team' }, async () => 1);
    await watch.observe('speak', {}, () => Promise.reject(new Error('down'))).catch(() => undefined);
    watch.spent({ inputTokens: 100, cachedTokens: 40, outputTokens: null });
    const keeper = counted({
      took: () => undefined,
      rested: () => undefined,
      stumbled: () => undefined,
      failed: () => undefined,
      letGo: () => undefined,
      trouble: () => undefined,
    });
    const debate = z.custom<Parameters<typeof keeper.rested>[0]>().parse({});
    keeper.rested(debate, 'concluded');
    keeper.failed(debate, new Error('no'));
    keeper.stumbled(debate, new Error('no'), 1);
    const { text } = await get('/metrics');
    for (const line of [
      'tertulia_debates_in_hand 3',
      'tertulia_queue_debates{state="waiting"} 5',
      'tertulia_queue_debates{state="active"} 2',
      'tertulia_operation_seconds_count{operation="post",adapter="hall",outcome="done"} 1',
      'tertulia_operation_seconds_count{operation="speak",adapter="",outcome="failed"} 1',
      'tertulia_tokens_total{kind="input"} 100',
      'tertulia_tokens_total{kind="cached"} 40',
      'tertulia_tokens_total{kind="output"} 0',
      'tertulia_debates_rested_total{status="concluded"} 1',
      'tertulia_debates_rested_total{status="failed"} 1',
      'tertulia_stumbles_total 1',
    ]) {
      expect(text).toContain(`\n${line}\n`);
    }
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).not.toContain('secret-team');
  });

  test('a port that is taken is told in one sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    closing.push(async () => void other.close());
    const { port } = z.object({ port: z.number() }).parse(other.address());
    const opening = operate({ http: { host: '127.0.0.1', port }, traces: false }, asked);
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(`127.0.0.1:${port}; choose another TERTULIA_HTTP_PORT`);
  });
});

const spanShape = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  status: z.object({ code: z.number().optional(), message: z.string().optional() }),
  attributes: z.array(z.object({ key: z.string(), value: z.object({ stringValue: z.string() }) })),
});
const exported = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanShape) })) })),
});

describe('by OpenTelemetry', () => {
  test('spans hang together from an event to the posts in another process, and hold no words', async () => {
    const bodies: string[] = [];
    const collector = createServer(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(Buffer.from(piece));
      bodies.push(Buffer.concat(pieces).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = z.object({ port: z.number() }).parse(collector.address());
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
    const { watch, stop } = await operate({ http: null, traces: true }, asked);
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;

    expect(watch.here()).toBeNull();
    // In the gateway.
    const parent = await watch.observe('event', { adapter: 'hall', kind: 'start' }, async () => watch.here());
    // In a worker.
    const step = watch.observe(
      'step',
      { debate: 'd1', workspace: 'w' },
      async () => {
        await watch.observe('post', { debate: 'd1' }, async () => undefined);
        await watch.observe('speak', { kind: 'statement' }, async () => {
          throw new TypeError('words of the debate');
        });
      },
      parent,
    );
    await expect(step).rejects.toThrow('words of the debate');
    await stop();
    await new Promise((closed) => collector.close(closed));

    const spans = bodies.flatMap((body) =>
      exported.parse(JSON.parse(body)).resourceSpans.flatMap((each) => each.scopeSpans.flatMap(({ spans }) => spans)),
    );
    const named = (name: string) => spans.find((span) => span.name === name);
    const [event, stepped, posted, spoken] = ['event start', 'step', 'post', 'speak statement'].map(named);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect([stepped, posted, spoken].map((span) => span?.parentSpanId)).toEqual([
      event?.spanId,
      stepped?.spanId,
      stepped?.spanId,
    ]);
    expect(spoken?.status).toEqual({ code: 2, message: 'TypeError' });
    expect(stepped?.attributes).toContainEqual({ key: 'tertulia.debate', value: { stringValue: 'd1' } });
    expect(bodies.join('')).not.toContain('words of the debate');
    expect(bodies.join('')).toContain('"stringValue":"tertulia"');
  });

  test('a collector that is away keeps nothing from ending', async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:1';
    const { watch, stop } = await operate({ http: null, traces: true }, asked);
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    await watch.observe('event', {}, async () => undefined);
    await stop();
  });
});
