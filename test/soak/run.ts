/** `npm run soak`: a few minutes of bad weather, twice, and what held. Ends by itself. */
import { type SoakReport, soak, type Weather } from './soak.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const minutes = (n: number) => n * 60_000;

const common = {
  debates: 200,
  workspaces: 20,
  workers: 3,
  restarts: 2,
  faults: 0.05,
  tell: (line: string) => say(`  ${line}`),
};
const weathers: Readonly<Record<string, Weather>> = {
  'model of 0 ms': { ...common, latency: { first: 0, each: 0 }, killEvery: 3_000, longest: minutes(8) },
  'a realistic model': { ...common, latency: { first: 3_000, each: 100 }, killEvery: 5_000, longest: minutes(10) },
};

function figures(report: SoakReport): string {
  const { failed, lost } = report.platformFaults;
  return [
    `${report.debates} debates, ${report.turns} turns, ${report.messages} messages, ${report.modelCalls} model calls`,
    `in ${report.seconds} s with ${report.kills} kills, ${report.restarts} restarts of the database,`,
    `${failed} platform calls that failed and ${lost} whose answer was lost`,
  ].join(' ');
}

const chosen = process.argv[2];
let broken = 0;
for (const [name, weather] of Object.entries(weathers)) {
  if (chosen !== undefined && !name.includes(chosen)) continue;
  say(`\n${name}`);
  const report = await soak(weather);
  broken += report.broken.length;
  say(figures(report));
  for (const sentence of report.broken.slice(0, 50)) say(`  ✗ ${sentence}`);
  say(
    report.broken.length === 0
      ? '✓ every debate finished, every turn once and in order, no answer paid twice'
      : '✗ broken',
  );
}
process.exit(broken === 0 ? 0 : 1);
