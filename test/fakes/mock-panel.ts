/**
 * A mock model that plays a whole debate from the prompt alone, as a well-behaved language model would: it quotes the
 * passages it was shown, names others, asks, takes positions, routes real turns and reports only what was said.
 */
import type { ChatRequest } from './openai-server.ts';

type Say = (en: string, es: string) => string;

interface Heard {
  readonly n: number;
  readonly name: string;
  readonly text: string;
}

/** What can be read off a prompt of Tertulia's. */
interface Scene {
  readonly say: Say;
  readonly speaker: { readonly id: string; readonly name: string };
  readonly coordinator: string;
  /** id by shown name, without the coordinator. */
  readonly panel: ReadonlyMap<string, string>;
  readonly passages: readonly { readonly n: number; readonly text: string }[];
  readonly title: string;
  readonly turns: readonly Heard[];
  readonly task: string;
}

/** The `reply` of a fake model server. */
export function mockPanel(request: ChatRequest): string {
  const scene = read(request);
  if (/^TASK: open the debate/m.test(scene.task)) return JSON.stringify(opening(scene));
  if (/^TASK: read the turns/m.test(scene.task)) return JSON.stringify(notes(scene));
  if (/^TASK: close the debate/m.test(scene.task)) return JSON.stringify(synthesis(scene));
  if (/^TASK: reply/m.test(scene.task)) return reply(scene);
  return /^TASK: make your statement/m.test(scene.task) ? statement(scene) : 'ready';
}

/* ── reading the prompt ────────────────────────────────────────────────────────────────── */

function read(request: ChatRequest): Scene {
  const texts = request.messages.filter((each) => each.role !== 'assistant').map((each) => each.content ?? '');
  const rules = texts[0] ?? '';
  const task = texts.findLast((text) => text.includes('NOW SPEAKS:')) ?? '';
  const spanish = /in Spanish\./.test(task);
  const members = [...rules.matchAll(/^- (.+?) \(id ([\w-]+)\): (coordinator; )?/gm)];
  return {
    say: (en, es) => (spanish ? es : en),
    speaker: { name: /NOW SPEAKS: (.+) \(id/.exec(task)?.[1] ?? '', id: /\(id ([\w-]+)\)/.exec(task)?.[1] ?? '' },
    coordinator: members.find((member) => member[3])?.[1] ?? '',
    panel: new Map(members.filter((member) => !member[3]).map((member) => [member[1] ?? '', member[2] ?? ''])),
    passages: passagesIn([rules, task].join('\n')),
    title: /<article-\w+>\n(.+)/.exec(rules)?.[1] ?? '',
    turns: texts.flatMap((text) => turnIn(text)),
    task,
  };
}

function passagesIn(text: string): Scene['passages'] {
  const found = [...text.matchAll(/^\[p(\d+)\](?: \(p\. \d+\))? (.+)$/gm)];
  return found.map(([, n, words]) => ({ n: Number(n), text: words ?? '' }));
}

function turnIn(text: string): Heard[] {
  const [, n, name, said] = /^\[turn (\d+)\] ([^:,]+)(?:, from the audience[^:]*)?:\s*([\s\S]*)$/.exec(text) ?? [];
  return n && name ? [{ n: Number(n), name, text: (said ?? '').replace(/<\/?words-\w+>/g, '').trim() }] : [];
}

/** Ten words of a passage, as they stand there: another one for each speaker and turn. */
function quote(scene: Scene): string {
  const long = scene.passages.filter(
    (passage) => passage.text.split(' ').length >= 12 && !/["“”«»]/.test(passage.text),
  );
  const at = [...scene.panel.values()].indexOf(scene.speaker.id) * 3 + scene.turns.length;
  const passage = long[at % Math.max(1, long.length)];
  return passage ? `"${passage.text.split(' ').slice(0, 10).join(' ')}" [p${passage.n}]` : '';
}

/* ── prose ─────────────────────────────────────────────────────────────────────────────── */

/** Every other seat leans to yes. */
function leaning(scene: Scene, id: string): number {
  return [...scene.panel.values()].indexOf(id) % 2 === 0 ? 2 : -2;
}

function stanceLine(scene: Scene, moved: number): string {
  const stance = leaning(scene, scene.speaker.id) + moved;
  return `[stance: ${stance > 0 ? '+' : ''}${stance}, confidence: ${60 + 10 * moved}%]`;
}

function others(scene: Scene): readonly Heard[] {
  return scene.turns.filter((turn) => scene.panel.has(turn.name) && turn.name !== scene.speaker.name);
}

function statement(scene: Scene): string {
  const { say } = scene;
  const last = others(scene).at(-1);
  const to = last
    ? say(`I part from ${last.name} on one point.`, `Discrepo de ${last.name} en un punto.`)
    : say('Let me begin with the evidence.', 'Permítanme empezar por la evidencia.');
  const ground = grounded(scene);
  const asked = [...scene.panel.keys()].find((name) => name !== scene.speaker.name && name !== last?.name);
  const ask =
    asked && scene.turns.length % 3 === 0
      ? say(` ${asked}, what result would change your mind?`, ` ${asked}, ¿qué resultado te haría cambiar de opinión?`)
      : '';
  const view = say(
    'From where I stand that is what decides the matter, and nothing said so far removes it.',
    'Desde mi lugar eso es lo que decide la cuestión, y nada de lo dicho hasta ahora lo elimina.',
  );
  return `${to} ${ground} ${view}${ask}\n\n${stanceLine(scene, 0)}`;
}

function grounded(scene: Scene): string {
  const words = quote(scene);
  if (words === '')
    return scene.say('What we know from practice is limited.', 'Lo que sabemos por la práctica es limitado.');
  return scene.say(
    `The article says ${words}, and that has consequences.`,
    `El artículo dice ${words}, y eso tiene consecuencias.`,
  );
}

function reply(scene: Scene): string {
  const { say } = scene;
  const names = [...new Set([...scene.task.matchAll(/^- turn \d+, by ([^:\n]+)/gm)].map((match) => match[1]?.trim()))];
  const to = names.join(say(' and ', ' y '));
  const answer = say(
    `${to}, I grant you the doubt but not the conclusion. ${grounded(scene)} A replication on other data would settle it between us.`,
    `${to}, concedo la duda pero no la conclusión. ${grounded(scene)} Una réplica con otros datos lo resolvería entre nosotros.`,
  );
  return `${answer}\n\n${stanceLine(scene, -1)}`;
}

/* ── structures ────────────────────────────────────────────────────────────────────────── */

function opening({ say, title, task }: Scene): object {
  const asked = /CENTRAL QUESTION:\n<words-\w+>\n([\s\S]+?)\n<\/words/.exec(task)?.[1];
  return {
    greeting: say(
      `Welcome, everybody. Today we debate ${title || asked}.`,
      `Bienvenidos a todos. Hoy debatimos ${title || asked}.`,
    ),
    axes: [
      say('What is claimed, and on what evidence', 'Qué se afirma y con qué evidencia'),
      say('What it would cost to be wrong', 'Qué costaría equivocarse'),
      say('What should be done next', 'Qué conviene hacer ahora'),
    ],
    question:
      asked ??
      say('Is the evidence strong enough to act on it now?', '¿Es la evidencia bastante sólida para actuar ya?'),
  };
}

function idOf(scene: Scene, turn: Heard): string {
  return scene.panel.get(turn.name) ?? '';
}

/** The latest turn by someone of each leaning. */
function sides(scene: Scene): readonly (readonly [Heard, Heard])[] {
  const said = scene.turns.filter((turn) => scene.panel.has(turn.name));
  const yes = said.filter((turn) => leaning(scene, idOf(scene, turn)) > 0);
  const no = said.filter((turn) => leaning(scene, idOf(scene, turn)) < 0);
  return yes.flatMap((turn, at) => {
    const against = no[at];
    return against ? [[turn, against] as const] : [];
  });
}

function notes(scene: Scene): object {
  const { say } = scene;
  const issue = say('whether the evidence is enough', 'si la evidencia basta');
  const clashes = sides(scene).slice(0, 2);
  const people = scene.turns.filter((turn) => !scene.panel.has(turn.name) && turn.name !== scene.coordinator);
  const first = [...scene.panel.values()][0] ?? '';
  return {
    clashes: clashes.map(([one, other]) => ({ issue, turns: [one.n, other.n] })),
    questions: [],
    untouched: [],
    routes: [
      ...people.map((turn) => ({ speaker: first, to: [turn.n], why: 'human', issue: turn.text.slice(0, 120) })),
      ...clashes.flatMap(([one, other]) => [
        { speaker: idOf(scene, one), to: [other.n], why: 'clash', issue },
        { speaker: idOf(scene, other), to: [one.n], why: 'clash', issue },
      ]),
    ].slice(0, 6),
  };
}

function synthesis(scene: Scene): object {
  const { say } = scene;
  const pairs = sides(scene);
  const [one, other] = pairs[0] ?? [];
  const position = (turn: Heard, text: string) => ({ speaker: idOf(scene, turn), text, turns: [turn.n] });
  const need = say(
    'More evidence is needed before acting widely',
    'Hace falta más evidencia antes de actuar a gran escala',
  );
  return {
    answer: say(
      'Not yet: the evidence points one way but is thin.',
      'Todavía no: la evidencia apunta en una dirección, pero es escasa.',
    ),
    confidence: 60,
    agreements: one && other ? [{ text: need, turns: [one.n, other.n] }] : [],
    disagreements:
      one && other
        ? [
            {
              issue: say('Whether the evidence is enough to act', 'Si la evidencia basta para actuar'),
              positions: [position(one, say('It is enough', 'Basta')), position(other, say('It is not', 'No basta'))],
              settledBy: say('A replication on other data', 'Una réplica con otros datos'),
            },
          ]
        : [],
    minority: [],
    open: [],
    nextSteps: [
      say('Repeat the main experiment on data of our own', 'Repetir el experimento principal con datos propios'),
    ],
    plainWords: say(
      'It looks promising, but nobody should bet on it yet.',
      'Parece prometedor, pero nadie debería apostar por ello todavía.',
    ),
    recap: say(
      'Thank you all. The panel met on the need for more evidence and parted on whether to wait for it.',
      'Gracias a todos. El panel coincidió en que hace falta más evidencia y se separó en si conviene esperarla.',
    ),
  };
}
