/** Spans from what somebody did to the messages that came of it, across processes, for a collector of OpenTelemetry. */
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { About, Observe, Observed } from './observe.ts';

export interface Tracing {
  readonly observe: Observe;
  /** Of what is under way, for another process to follow from: a W3C `traceparent`. */
  readonly here: () => string | null;
  /** Sends what is not sent yet. */
  stop(): Promise<void>;
}

const KINDS: Readonly<Record<Observed, SpanKind>> = {
  event: SpanKind.SERVER,
  step: SpanKind.CONSUMER,
  speak: SpanKind.CLIENT,
  open: SpanKind.CLIENT,
  post: SpanKind.CLIENT,
  find: SpanKind.CLIENT,
};

const header = {
  get: (carrier: { traceparent: string }, key: string) => (key === 'traceparent' ? carrier.traceparent : undefined),
  keys: () => ['traceparent'],
};

/** The exporter reads its address, headers and the rest from OpenTelemetry's own variables. */
export function startTracing(): Tracing {
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': 'tertulia' }));
  const processor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter() });
  const provider = new TracerProvider({ resource, spanProcessors: [processor] });
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  const tracer = provider.getTracer('tertulia');
  const propagator = new W3CTraceContextPropagator();

  const observe: Observe = (what, about, act, from) => {
    const parent = from ? propagator.extract(ROOT_CONTEXT, { traceparent: from }, header) : context.active();
    const span = tracer.startSpan(nameOf(what, about), { kind: KINDS[what], attributes: attributesOf(about) }, parent);
    const done = context.with(trace.setSpan(parent, span), act);
    return done
      .catch((error: unknown) => {
        // The kind of error, not its message: that may hold words of the debate, or an address with a token in it.
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
        throw error;
      })
      .finally(() => span.end());
  };
  return {
    observe,
    here() {
      const carrier: { traceparent?: string } = {};
      propagator.inject(context.active(), carrier, {
        set: (into, key, value) => {
          if (key === 'traceparent') into.traceparent = value;
        },
      });
      return carrier.traceparent ?? null;
    },
    async stop() {
      await provider.shutdown();
      context.disable();
    },
  };
}

function nameOf(what: Observed, { kind }: About): string {
  return kind ? `${what} ${kind}` : what;
}

function attributesOf(about: About): Record<string, string> {
  return Object.fromEntries(Object.entries(about).map(([name, value]) => [`tertulia.${name}`, String(value)]));
}
