/** How the sample debate ends: the closing as posted, and its data. */
import { inLanguage, type Language, type Synthesis, type TurnData } from '../../src/debate.ts';

export function sampleSynthesis(language: Language): [text: string, rest: { round: number; data: TurnData }] {
  const synthesis = data((en, es) => inLanguage({ en, es }, language));
  const heading = inLanguage({ en: 'Synthesis', es: 'Síntesis' }, language);
  const text = [
    synthesis.recap,
    `**${heading}.** ${synthesis.answer}`,
    synthesis.agreements.map((point) => `- ${point.text} (${point.turns.map((n) => `#${n}`).join(', ')})`).join('\n'),
    synthesis.plainWords,
  ].join('\n\n');
  return [text, { round: 2, data: { synthesis } }];
}

function data(t: (en: string, es: string) => string): Synthesis {
  return {
    answer: t(
      'No: not by default. A budget that stops when two drafts agree is worth having for sums; for contracts the panel would start short and measure first.',
      'No: no por defecto. Un presupuesto que se detiene cuando dos borradores coinciden merece la pena para las cuentas; para los contratos el panel empezaría por el corto y mediría antes.',
    ),
    confidence: 68,
    agreements: [
      {
        text: t(
          'The gain on school problems is real and comes early.',
          'La mejora en los problemas escolares es real y llega pronto.',
        ),
        turns: [2, 7],
      },
      {
        text: t(
          'Nobody would set one budget for both kinds of task.',
          'Nadie pondría un solo presupuesto a ambos tipos de tarea.',
        ),
        turns: [8, 13, 14],
      },
    ],
    disagreements: [
      {
        issue: t(
          'Whether the harm on contracts is more than noise',
          'Si el daño en los contratos es algo más que ruido',
        ),
        positions: [
          {
            speaker: 'reviewer',
            text: t(
              'Too few clauses, graded once; plausible, not shown.',
              'Pocas cláusulas, calificadas una vez; plausible, no demostrado.',
            ),
            turns: [3, 12],
          },
          {
            speaker: 'critic',
            text: t(
              'The model argued itself out of right answers.',
              'El modelo se convenció de abandonar respuestas correctas.',
            ),
            turns: [4],
          },
          {
            speaker: 'human',
            text: t(
              'For a team that reads contracts it decides the matter.',
              'Para un equipo que lee contratos, decide la cuestión.',
            ),
            turns: [9],
          },
        ],
        settledBy: t(
          'About 1,100 clauses, each graded by two people.',
          'Unas 1.100 cláusulas, calificadas cada una por dos personas.',
        ),
      },
    ],
    minority: [
      {
        speaker: 'enthusiast',
        text: t(
          'Starting short will be read as “never”: set a date to measure.',
          'Empezar por el corto se leerá como «nunca»: hay que fijar una fecha para medir.',
        ),
      },
    ],
    open: [{ text: t('Was the seed varied at all?', '¿Se varió siquiera la semilla?'), turn: 3, to: 'researcher' }],
    nextSteps: [
      t(
        'Grade 200 of our own clauses twice, at both budgets.',
        'Calificar dos veces 200 cláusulas propias, con ambos presupuestos.',
      ),
      t('Show energy per answer on the weekly report.', 'Mostrar la energía por respuesta en el informe semanal.'),
    ],
    plainWords: t(
      'Letting the machine think longer helps with sums and may hurt with contracts. Start short, measure, then decide.',
      'Dejar que la máquina piense más ayuda con las cuentas y puede estorbar con los contratos. Empezad por lo corto, medid y decidid después.',
    ),
    recap: t(
      'Thank you all, and Ana and Luis for joining in. We asked what longer thinking gains, what it costs and how far one experiment carries.',
      'Gracias a todos, y a Ana y a Luis por intervenir. Hemos preguntado qué se gana pensando más, qué cuesta y hasta dónde llega un solo experimento.',
    ),
    dropped: [
      t(
        'A point on training data was left out: no turn mentions it.',
        'Se ha dejado fuera un punto sobre los datos de entrenamiento: ningún turno lo menciona.',
      ),
    ],
  };
}
