/** Runs in a worker thread: PDF bytes in, what the document says out. Everything it may fail with is a named outcome. */
import { parentPort, workerData } from 'node:worker_threads';
import { readPdf } from './read.ts';

parentPort?.postMessage(await readPdf(workerData));
