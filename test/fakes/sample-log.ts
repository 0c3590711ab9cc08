/**
 * A finished debate made by hand, in both languages: 16 turns, two people's messages, positions that move and one that
 * moves without a reason, a question nobody answered, quotes found and not found. No model, no store.
 */
import {
  HUMAN,
  inLanguage,
  type Language,
  type Localised,
  type Log,
  type Passage,
  type Quote,
  type Turn,
  type TurnData,
} from '../../src/debate.ts';
import { sampleArticle } from './sample-article.ts';
import { samplePanel } from './sample-panel.ts';
import { sampleSynthesis } from './sample-synthesis.ts';

const START = Date.parse('2026-03-05T17:00:00.000Z');
const MODEL = 'openai:sample-model';

const question: Localised = {
  en: 'Should we give our model a long thinking budget by default?',
  es: '¿Debemos dar por defecto a nuestro modelo un presupuesto largo para pensar?',
};

/** The stretch of a passage between two words of it, both included, as the checks would have found it. */
function cut(passages: readonly Passage[], n: number, from: string, to: string): Quote {
  const passage = passages.find((one) => one.n === n);
  if (!passage) throw new Error(`no passage ${n}`);
  const start = passage.text.indexOf(from);
  const end = passage.text.indexOf(to, start) + to.length;
  if (start < 0 || end < to.length) throw new Error(`passage ${n} has no "${from}" … "${to}"`);
  return { text: passage.text.slice(start, end), passage: n, verified: true };
}

type Rest = Partial<Omit<Turn, 'data' | 'n' | 'kind' | 'speaker' | 'text'>> & { readonly data?: TurnData };

function turn(n: number, kind: Turn['kind'], speaker: string, text: string, rest: Rest = {}): Turn {
  const person = speaker === HUMAN;
  return {
    n,
    key: `${kind}:${speaker}:${n}`,
    kind,
    public: kind !== 'notes',
    speaker,
    round: n > 10 ? 1 : 0,
    text,
    repliesTo: [],
    answers: [],
    quotes: [],
    data: {},
    usage: person ? null : { inputTokens: 2000 + 150 * n, cachedTokens: 1500 + 150 * (n - 1), outputTokens: 180 },
    model: person ? null : MODEL,
    at: new Date(START + n * 9_000),
    ...rest,
  };
}

export function sampleLog(language: Language): Log {
  const article = sampleArticle(language);
  return {
    debate: {
      id: '7f3a52c4-5d0e-4f6b-9a1c-2e8b6d90c411',
      workspace: 'local',
      status: 'concluded',
      question: inLanguage(question, language),
      language,
      format: 'panel',
      panel: samplePanel,
      voice: 'model',
      limits: { rounds: 1, words: 120, tokens: 120_000, turns: 40, time: 1_800_000 },
      ending: null,
      thread: { adapter: 'scripted', channel: 'room', thread: 'one' },
      startedBy: 'ana',
      startedAt: new Date(START),
      endedAt: new Date(START + 17 * 9_000),
      failure: null,
    },
    article,
    turns: [...firstHalf(language, article.passages), ...secondHalf(language, article.passages)],
  };
}

function firstHalf(language: Language, passages: readonly Passage[]): Turn[] {
  const t = (en: string, es: string) => inLanguage({ en, es }, language);
  const gain = cut(passages, 3, t('accuracy rose', 'el acierto subió'), '74 %');
  const guess = cut(passages, 2, t('No human graded', 'Nadie calificó'), t('twice', 'dos veces'));
  const worse = cut(passages, 4, t('longer thinking', 'pensar más'), t('worse', 'las respuestas'));
  const price = cut(passages, 5, t('costs nine times', 'cuesta nueve veces'), t('per answer', 'por respuesta'));
  const early = cut(passages, 5, t('Stopping when', 'Parar cuando'), t('that price', 'ese precio'));
  const axes = [
    t('What longer thinking gains, and on which tasks', 'Qué se gana pensando más, y en qué tareas'),
    t('What it costs in energy and money', 'Qué cuesta en energía y en dinero'),
    t('Whether one experiment carries over to our work', 'Si un solo experimento vale para nuestro trabajo'),
  ];
  return [
    turn(
      1,
      'opening',
      'coordinator',
      [
        t(
          'Good afternoon. Today we read **“When Should a Model Stop Thinking?”**. Its axes:',
          'Buenas tardes. Hoy leemos **«¿Cuándo debe un modelo dejar de pensar?»**. Sus ejes:',
        ),
        axes.map((axis) => `- ${axis}`).join('\n'),
        t(`The question on the table: ${question.en}`, `La pregunta sobre la mesa: ${question.es}`),
      ].join('\n\n'),
      { data: { opening: { question: inLanguage(question, language), axes } } },
    ),
    turn(
      2,
      'statement',
      'researcher',
      t(
        `More tokens before the answer let the model try a path, check it and turn back; that is all the mechanism there is. On school problems it works: “${gain.text}” (§ Results, p. 2). Most of it comes early, so the long budget buys little that a middling one does not.`,
        `Más tokens antes de responder permiten al modelo probar un camino, comprobarlo y volver atrás; no hay más mecanismo que ese. En los problemas escolares funciona: “${gain.text}” (§ Resultados, p. 2). Casi todo llega pronto: el presupuesto largo compra poco que no dé uno mediano.`,
      ),
      { repliesTo: [1], quotes: [gain], data: { stance: { stance: 2, confidence: 70 } } },
    ),
    turn(
      3,
      'statement',
      'reviewer',
      t(
        `I would not build on the second task set. “${guess.text}” (§ Set-up, p. 1), so four points of difference may be noise. Two graders and a confidence interval would change my mind. AI Researcher, was the seed varied at all?`,
        `Yo no construiría nada sobre el segundo grupo de tareas. “${guess.text}” (§ Montaje, p. 1), así que cuatro puntos de diferencia pueden ser ruido. Dos calificadores y un intervalo de confianza me harían cambiar de idea. AI Researcher, ¿se varió siquiera la semilla?`,
      ),
      {
        repliesTo: [2],
        quotes: [guess],
        data: {
          stance: { stance: -1, confidence: 60 },
          asks: [{ to: 'researcher', text: t('Was the seed varied at all?', '¿Se varió siquiera la semilla?') }],
        },
      },
    ),
    turn(
      4,
      'statement',
      'critic',
      t(
        `The hidden assumption is that thinking can only help. It cannot: “${worse.text}” (§ Results, p. 2). A default hides that. Scientific Reviewer, what sample would show the harm is real?`,
        `El supuesto oculto es que pensar solo puede ayudar. No es así: “${worse.text}” (§ Resultados, p. 2). Un valor por defecto lo esconde. Revisor Científico, ¿qué muestra bastaría para mostrar que el daño es real?`,
      ),
      {
        repliesTo: [2],
        quotes: [worse],
        data: {
          stance: { stance: -2, confidence: 75 },
          asks: [
            {
              to: 'reviewer',
              text: t(
                'What sample would show the harm is real?',
                '¿Qué muestra bastaría para mostrar que el daño es real?',
              ),
            },
          ],
        },
      },
    ),
    turn(
      5,
      'statement',
      'doomer',
      t(
        `It “${price.text}” (§ Cost, p. 2). Make that the default for a million answers a day and nobody will ever turn it down again. Likely, I say: four in five. The tripwire is an energy bill that grows faster than use. The authors themselves call it reckless at scale (unverified).`,
        `“${price.text}” (§ Coste, p. 2). Póngase por defecto en un millón de respuestas al día y nadie volverá a bajarlo. Lo veo probable: cuatro de cada cinco. La señal de alarma es una factura de energía que crece más deprisa que el uso. Los propios autores lo llaman temerario a gran escala (sin verificar).`,
      ),
      {
        repliesTo: [2],
        quotes: [price, { text: t('reckless at scale', 'temerario a gran escala'), passage: null, verified: false }],
        data: {
          stance: { stance: -3, confidence: 80 },
          mended: [t('One quote is not in the article.', 'Una cita no está en el artículo.')],
        },
      },
    ),
    turn(
      6,
      'statement',
      'philosopher',
      t(
        'We say “thinking” of text that comes before an answer. Distinguish deliberation, which may change a verdict for a reason, from rumination, which changes it for none. Critical Thinker describes rumination. A default of rumination is not caution.',
        'Llamamos «pensar» a un texto que precede a la respuesta. Distingamos la deliberación, que cambia un veredicto por una razón, de la rumia, que lo cambia sin ninguna. Pensador Crítico describe rumia. Rumiar por defecto no es prudencia.',
      ),
      { repliesTo: [4], data: { stance: { stance: 0, confidence: 40 } } },
    ),
    turn(
      7,
      'statement',
      'enthusiast',
      t(
        `Then stop in time! “${early.text}” (§ Cost, p. 2). A team that reviews sums all day gains thirteen points and keeps most of its money. AI Doomer, your bill is a bill for *never* stopping.`,
        `¡Pues paremos a tiempo! “${early.text}” (§ Coste, p. 2). Un equipo que revisa cuentas todo el día gana trece puntos y conserva casi todo su dinero. AI Doomer, tu factura es la de *no parar nunca*.`,
      ),
      { repliesTo: [5], quotes: [early], data: { stance: { stance: 3, confidence: 85 } } },
    ),
    turn(
      8,
      'statement',
      'newcomer',
      t(
        'If I follow, long thinking helps with sums and hurts with contracts. So why would anybody pick one setting for both? AI Enthusiast, who decides which kind a request is?',
        'Si lo entiendo bien, pensar mucho ayuda con las cuentas y estorba con los contratos. ¿Por qué elegir entonces un solo ajuste para ambos? AI Enthusiast, ¿quién decide de qué tipo es cada petición?',
      ),
      {
        repliesTo: [4, 7],
        data: {
          asks: [
            {
              to: 'enthusiast',
              text: t('Who decides which kind a request is?', '¿Quién decide de qué tipo es cada petición?'),
            },
          ],
        },
      },
    ),
    turn(
      9,
      'human',
      HUMAN,
      t(
        'We mostly read contracts here, so the second result is the one that matters to us.',
        'Aquí leemos sobre todo contratos, así que el segundo resultado es el que nos importa.',
      ),
      { data: { author: { id: 'ana', name: 'Ana' } } },
    ),
    turn(
      10,
      'question',
      HUMAN,
      t('@Doomer what would make you accept a long budget?', '@Doomer ¿qué te haría aceptar un presupuesto largo?'),
      { data: { author: { id: 'luis', name: 'Luis' }, to: 'doomer' } },
    ),
  ];
}

function secondHalf(language: Language, passages: readonly Passage[]): Turn[] {
  const t = (en: string, es: string) => inLanguage({ en, es }, language);
  const measured = cut(passages, 6, t('an adaptive one', 'uno adaptativo'), t('kind of task', 'tipo de tarea'));
  const first = cut(passages, 4, t('The model talked', 'El modelo se'), t('first readings', 'lecturas correctas'));
  const clash = t('Is the harm on contracts real, or noise?', '¿El daño en los contratos es real o es ruido?');
  return [
    turn(
      11,
      'notes',
      'coordinator',
      t(
        `One clash to settle: ${clash} Luis asked AI Doomer something; AI Researcher owes an answer about seeds.`,
        `Un choque por resolver: ${clash} Luis ha preguntado a AI Doomer; AI Researcher debe una respuesta sobre las semillas.`,
      ),
      {
        repliesTo: [3, 4, 9, 10],
        data: {
          notes: {
            clashes: [{ issue: clash, turns: [3, 4] }],
            questions: [
              { turn: 3, to: 'researcher', text: t('Was the seed varied at all?', '¿Se varió siquiera la semilla?') },
            ],
            untouched: [],
            routes: [
              { speaker: 'reviewer', to: [4], why: 'clash', issue: clash },
              {
                speaker: 'doomer',
                to: [10],
                why: 'human',
                issue: t('What would make it accept', 'Qué le haría aceptar'),
              },
              { speaker: 'enthusiast', to: [8], why: 'question', issue: t('Who decides', 'Quién decide') },
              { speaker: 'philosopher', to: [], why: 'unheard', issue: clash },
            ],
          },
        },
      },
    ),
    turn(
      12,
      'reply',
      'reviewer',
      t(
        `Critical Thinker, about 1,100 clauses graded twice would show four points. Until then I grant this much: the article names a cause, not just a number. “${first.text}” (§ Results, p. 2). A cause can be checked clause by clause, so I now lean further against a long default.`,
        `Pensador Crítico, unas 1.100 cláusulas calificadas dos veces mostrarían cuatro puntos. Mientras tanto concedo esto: el artículo señala una causa, no solo una cifra. “${first.text}” (§ Resultados, p. 2). Una causa puede comprobarse cláusula a cláusula, así que me inclino más contra un valor largo por defecto.`,
      ),
      { repliesTo: [4], answers: [4], quotes: [first], data: { stance: { stance: -2, confidence: 65 } } },
    ),
    turn(
      13,
      'reply',
      'doomer',
      t(
        'Luis, a meter and a ceiling. If the budget stops by itself and somebody sees the bill every week, I accept it for sums. For contracts, not yet.',
        'Luis, un contador y un tope. Si el presupuesto se detiene solo y alguien mira la factura cada semana, lo acepto para las cuentas. Para los contratos, todavía no.',
      ),
      { repliesTo: [10, 7], answers: [10], data: { stance: { stance: -1, confidence: 70, because: 10 } } },
    ),
    turn(
      14,
      'reply',
      'enthusiast',
      t(
        `AI Newcomer, whoever runs the service decides, and must measure first: “${measured.text}” (§ Cost, p. 3). Ana’s team reads contracts, so for them I would start short.`,
        `AI Newcomer, decide quien lleva el servicio, y antes debe medir: “${measured.text}” (§ Coste, p. 3). El equipo de Ana lee contratos, así que para ellos empezaría por el corto.`,
      ),
      { repliesTo: [8, 9], answers: [8], quotes: [measured], data: { stance: { stance: 1, confidence: 75 } } },
    ),
    turn(
      15,
      'reply',
      'philosopher',
      t(
        'A default is a decision made for people who were not asked. I would rather the short one, and the long one on request.',
        'Un valor por defecto es una decisión tomada por quienes no fueron consultados. Prefiero el corto, y el largo a petición.',
      ),
      { data: { stance: { stance: -2, confidence: 60 } } },
    ),
    turn(16, 'synthesis', 'coordinator', ...sampleSynthesis(language)),
  ];
}
