#!/usr/bin/env node
/** The `tertulia` command. What it loads is compiled once and kept, which halves the time to the first word. */
import './startup.ts';

const { run } = await import('./cli/program.ts');
await run();
