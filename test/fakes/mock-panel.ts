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
  /** As prompts call it. */
  readonly speaker: string;
  readonly coordinator: string;
  /** The others, in speaking order. */
  readonly panel: readonly string[];
  readonly passages: readonly { readonly n: number; readonly text: string }[];
  readonly title: string;
  readonly turns: readonly Heard[];
  readonly task: string;
}

/** The `reply` of a fake model server. */
export function mockPanel(request: Pick<ChatRequest, 'messages'>): string {
  const scene = read(request);
  const [, told = ''] = /^TASK: (.+)/m.exec(scene.task) ?? [];
  return ACTS.find(([begins]) => told.startsWith(begins))?.[1](scene) ?? 'ready';
}

/** By how the task begins. */
const ACTS: readonly (readonly [string, (scene: Scene) => string])[] = [
  ['choose how', (scene) => JSON.stringify(choice(scene))],
  ['open the debate', (scene) => JSON.stringify(opening(scene))],
  ['read the turns', (scene) => JSON.stringify(notes(scene))],
  ['draft the synthesis', (scene) => JSON.stringify(synthesis(scene))],
  ['read the draft', (scene) => JSON.stringify(signoff(scene))],
  ['close the debate', (scene) => JSON.stringify(synthesis(scene))],
  ['make your statement', statement],
  ['reply', reply],
  ['you sit on the bench', argument],
  ['rebut', argument],
  ['you defend', argument],
  ['answer the attacks', argument],
  ['answer the question', argument],
  ['attack', attack],
  ['you ask this round', inquiry],
  ['estimate', estimate],
  ['where do you stand', stance],
  ['does what is answered', verdict],
];

/* ── reading the prompt ────────────────────────────────────────────────────────────────── */

function read(request: Pick<ChatRequest, 'messages'>): Scene {
  const texts = request.messages.filter((each) => each.role !== 'assistant').map((each) => each.content ?? '');
  const rules = texts[0] ?? '';
  const task = texts.findLast((text) => text.includes('NOW SPEAKS:')) ?? '';
  const spanish = /in Spanish\./i.test(task);
  const members = [...rules.matchAll(/^- (.+?): (coordinator; )?/gm)];
  return {
    say: (en, es) => (spanish ? es : en),
    speaker: /NOW SPEAKS: .+, who is (.+) here$/m.exec(task)?.[1] ?? /NOW SPEAKS: (.+)$/m.exec(task)?.[1] ?? '',
    coordinator: members.find((member) => member[2])?.[1] ?? '',
    // The short prompts list nobody: whoever has spoken is on the panel.
    panel: members.length > 0 ? members.flatMap((member) => (member[2] ? [] : (member[1] ?? []))) : lettered(texts),
    passages: passagesIn([rules, task].join('\n')),
    title: /<article-\w+>\n(.+)/.exec(rules)?.[1] ?? '',
    turns: texts.flatMap((text) => turnIn(text)),
    task,
  };
}

function lettered(texts: readonly string[]): string[] {
  const names = texts.flatMap(turnIn).map((turn) => turn.name);
  return [...new Set(names.filter((name) => / [A-L]$/.test(name)))].toSorted();
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
  const at = seatOf(scene, scene.speaker) * 3 + scene.turns.length;
  const passage = long[at % Math.max(1, long.length)];
  return passage ? `"${passage.text.split(' ').slice(0, 10).join(' ')}" [p${passage.n}]` : '';
}

/* ── prose ─────────────────────────────────────────────────────────────────────────────── */

/** By the letter where panellists have letters: the short prompts list nobody. */
function seatOf({ panel }: Scene, name: string): number {
  const letter = / ([A-L])$/.exec(name)?.[1];
  return letter ? letter.charCodeAt(0) - 65 : panel.indexOf(name);
}

/** Every other seat leans to yes. */
function leaning(scene: Scene, name: string): number {
  return seatOf(scene, name) % 2 === 0 ? 2 : -2;
}

function stanceLine(scene: Scene, moved: number): string {
  const stance = leaning(scene, scene.speaker) + moved;
  const by = / turn (\d+), by/.exec(scene.task)?.[1];
  const because = moved !== 0 && by ? `, moved by: turn ${by}` : '';
  return `[stance: ${stance > 0 ? '+' : ''}${stance}, confidence: ${60 + 10 * moved}%${because}]`;
}

function others(scene: Scene): readonly Heard[] {
  return scene.turns.filter((turn) => scene.panel.includes(turn.name) && turn.name !== scene.speaker);
}

function statement(scene: Scene): string {
  const { say } = scene;
  const last = others(scene).at(-1);
  const to = last
    ? say(`I part from ${last.name} on one point.`, `Discrepo de ${last.name} en un punto.`)
    : say('Let me begin with the evidence.', 'Permítanme empezar por la evidencia.');
  const ground = grounded(scene);
  const asked = scene.panel.find((name) => name !== scene.speaker && name !== last?.name);
  const ask =
    asked && scene.turns.length % 3 === 0
      ? say(` ${asked}, what result would change your mind?`, ` ${asked}, ¿qué resultado te haría cambiar de opinión?`)
      : '';
  const view = say(
    'From where I stand that evidence decides the matter, and nothing said so far removes it.',
    'Desde mi lugar esa evidencia decide la cuestión, y nada de lo dicho hasta ahora lo elimina.',
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

/** Argued by assignment, so without a position. */
function argument(scene: Scene): string {
  return `${scene.say('To the point.', 'Al grano.')} ${grounded(scene)} ${scene.say('That is the case I make.', 'Ese es mi argumento.')}`;
}

function attack(scene: Scene): string {
  const seat = Math.max(0, seatOf(scene, scene.speaker));
  const name = scene.say('it breaks at scale', 'se rompe a gran escala');
  return `${argument(scene)}\n\n[failure: ${name}, likelihood: ${1 + (seat % 5)}, harm: ${1 + ((seat * 2) % 5)}]`;
}

function inquiry(scene: Scene): string {
  const ask = scene.say('What exactly do we mean by evidence here?', '¿Qué entendemos aquí exactamente por evidencia?');
  return `${argument(scene)} ${ask}`;
}

function estimate(scene: Scene): string {
  const seat = Math.max(0, seatOf(scene, scene.speaker));
  const again = scene.task.includes('estimate again');
  const value = again ? 45 : 20 + 10 * seat;
  return `${argument(scene)}\n\n[estimate: ${value}, from: ${value - 10}, to: ${value + 10}, confidence: 70%]`;
}

function stance(scene: Scene): string {
  const kept = /\[stance: (-?\d)/.exec(scene.task.slice(scene.task.indexOf('Your stance was')))?.[1];
  const value = kept ? Number(kept) : leaning(scene, scene.speaker);
  const because = scene.say('The evidence stands as it stood.', 'La evidencia sigue donde estaba.');
  return `${because}\n\n[stance: ${value}, confidence: 65%]`;
}

function verdict({ say }: Scene): string {
  return `${say('Yes, that is what I wanted to know.', 'Sí, eso es lo que quería saber.')}\n\n[answered: ${say('yes', 'sí')}]`;
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

function choice({ say }: Scene): object {
  return {
    format: 'deliberation',
    why: say(
      'A decision is asked for, and both sides have a case.',
      'Se pide una decisión y ambas partes tienen razones.',
    ),
  };
}

/** The first on the list objects, the Newcomer says it again. */
function signoff(scene: Scene): object {
  const accept = seatOf(scene, scene.speaker) > 0;
  return {
    accept,
    objection: accept ? null : scene.say('The mechanism is left out.', 'Falta el mecanismo.'),
    ...(scene.task.includes('"restatement"') && {
      restatement: scene.say('Nobody should bet on it yet.', 'Nadie debería apostar por ello todavía.'),
      answer: 'no',
    }),
  };
}

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

/** The latest turn by someone of each leaning. */
function sides(scene: Scene): readonly (readonly [Heard, Heard])[] {
  const said = scene.turns.filter((turn) => scene.panel.includes(turn.name));
  const yes = said.filter((turn) => leaning(scene, turn.name) > 0);
  const no = said.filter((turn) => leaning(scene, turn.name) < 0);
  return yes.flatMap((turn, at) => {
    const against = no[at];
    return against ? [[turn, against] as const] : [];
  });
}

function notes(scene: Scene): object {
  const { say } = scene;
  const issue = say('whether the evidence is enough', 'si la evidencia basta');
  const clashes = sides(scene).slice(0, 2);
  const people = scene.turns.filter((turn) => !scene.panel.includes(turn.name) && turn.name !== scene.coordinator);
  const first = scene.panel[0] ?? '';
  return {
    clashes: clashes.map(([one, other]) => ({ issue, turns: [one.n, other.n] })),
    claims: clashes.map(([one]) => ({ text: issue, turns: [one.n] })),
    questions: [],
    untouched: [],
    routes: [
      ...people.map((turn) => ({ speaker: first, to: [turn.n], why: 'human', issue: turn.text.slice(0, 120) })),
      ...clashes.flatMap(([one, other]) => [
        { speaker: one.name, to: [other.n], why: 'clash', issue },
        { speaker: other.name, to: [one.n], why: 'clash', issue },
      ]),
    ].slice(0, 6),
  };
}

function synthesis(scene: Scene): object {
  const { say } = scene;
  const pairs = sides(scene);
  const [one, other] = pairs[0] ?? [];
  const position = (turn: Heard, text: string) => ({ speaker: turn.name, text, turns: [turn.n] });
  const need = say(
    'More evidence is needed before acting widely',
    'Hace falta más evidencia antes de actuar a gran escala',
  );
  return {
    answer: say(
      'Not yet: the evidence points one way but is thin.',
      'Todavía no: la evidencia apunta en una dirección, pero es escasa.',
    ),
    decision: 'no',
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
