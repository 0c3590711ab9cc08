/** What a process and its queue are at, for Prometheus. No label has more values than a page can show. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DebateStatus, Usage } from '../debate.ts';
import type { QueueDepth } from '../ports/queue.ts';
import type { Observe } from './observe.ts';

export interface Metrics {
  readonly observe: Observe;
  rested(status: DebateStatus): void;
  /** Something went wrong that is tried again. */
  stumbled(): void;
  readonly spent: (usage: Usage | null) => void;
  /** In Prometheus' text format. */
  exposition(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Asked when somebody looks. */
export interface Gauges {
  readonly running: () => number;
  readonly depth: () => Promise<QueueDepth>;
}

/** Seconds, from a look-up to a long reply. */
const BUCKETS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300];

export function createMetrics({ running, depth }: Gauges): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const took = new Histogram({
    name: 'tertulia_operation_seconds',
    help: 'How long what takes time took: event, step, speak, open, post, find.',
    labelNames: ['operation', 'adapter', 'outcome'] as const,
    buckets: BUCKETS,
    registers,
  });
  const rested = new Counter({
    name: 'tertulia_debates_rested_total',
    help: 'Debates that came to rest here, by how.',
    labelNames: ['status'] as const,
    registers,
  });
  const stumbles = new Counter({
    name: 'tertulia_stumbles_total',
    help: 'Times a debate met trouble that may pass, and was tried again.',
    registers,
  });
  const tokens = new Counter({
    name: 'tertulia_tokens_total',
    help: 'Tokens the providers reported: input, how much of it was cached, and output.',
    labelNames: ['kind'] as const,
    registers,
  });
  new Gauge({
    name: 'tertulia_debates_in_hand',
    help: 'Debates this process conducts.',
    registers,
    collect() {
      this.set(running());
    },
  });
  new Gauge({
    name: 'tertulia_queue_debates',
    help: 'Debates in the queue of all processes: waiting, and in hand somewhere.',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      const { waiting, active } = await depth();
      this.set({ state: 'waiting' }, waiting);
      this.set({ state: 'active' }, active);
    },
  });
  return {
    async observe(operation, { adapter = '' }, act) {
      const end = took.startTimer({ operation, adapter });
      try {
        const result = await act();
        end({ outcome: 'done' });
        return result;
      } catch (error) {
        end({ outcome: 'failed' });
        throw error;
      }
    },
    rested: (status) => rested.inc({ status }),
    stumbled: () => stumbles.inc(),
    spent(usage) {
      tokens.inc({ kind: 'input' }, usage?.inputTokens ?? 0);
      tokens.inc({ kind: 'cached' }, usage?.cachedTokens ?? 0);
      tokens.inc({ kind: 'output' }, usage?.outputTokens ?? 0);
    },
    exposition: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
