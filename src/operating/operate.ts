/** All that whoever runs a process follows it by; each part is loaded only where it is wanted. */

import type { Keeper } from '../conducting/worker.ts';
import type { Debate, DebateStatus } from '../debate.ts';
import type { QueueDepth } from '../ports/queue.ts';
import type { Metrics } from './metrics.ts';
import { both, unobserved, type Watch } from './observe.ts';

/** How whoever runs it looks after it. */
export interface OperatingSettings {
  /** Where health and metrics are told; null: nowhere. */
  readonly http: { readonly host: string; readonly port: number } | null;
  /** Whether spans are sent to a collector of OpenTelemetry. */
  readonly traces: boolean;
}

/** What is asked of the process once it is open. */
interface Asked {
  readonly ready: () => Promise<void>;
  readonly running: () => number;
  readonly depth: () => Promise<QueueDepth>;
}

interface Operation {
  readonly watch: Watch;
  /** Where health and metrics are told. */
  readonly port: number | null;
  /** The same keeper, with what happens counted. */
  counted(keeper: Keeper): Keeper;
  stop(): Promise<void>;
}

export async function operate({ http, traces }: OperatingSettings, asked: Asked): Promise<Operation> {
  const tracing = traces ? (await import('./tracing.ts')).startTracing() : null;
  const metrics = http ? (await import('./metrics.ts')).createMetrics(asked) : null;
  const server =
    http && metrics
      ? await (await import('./status-server.ts')).startStatusServer(http.host, http.port, {
          ready: asked.ready,
          metrics: metrics.exposition,
        })
      : null;
  return {
    watch: {
      observe: both(tracing?.observe ?? unobserved, metrics?.observe ?? unobserved),
      spent: metrics?.spent ?? (() => undefined),
      here: tracing?.here ?? (() => null),
    },
    port: server?.port ?? null,
    counted: (keeper) => (metrics ? counted(keeper, metrics) : keeper),
    async stop() {
      await server?.close();
      // A collector that is away is no reason not to end.
      await tracing?.stop().catch(() => undefined);
    },
  };
}

function counted(keeper: Keeper, metrics: Metrics): Keeper {
  return {
    ...keeper,
    rested(debate: Debate, status: DebateStatus) {
      metrics.rested(status);
      keeper.rested(debate, status);
    },
    failed(debate, error) {
      metrics.rested('failed');
      keeper.failed(debate, error);
    },
    stumbled(...how) {
      metrics.stumbled();
      keeper.stumbled(...how);
    },
  };
}
