/** Coordinator and seven personas for logs made by hand; the shipped ones live in `src/personas/`. */
import type { Localised, Panel, Persona } from '../../src/debate.ts';

function persona(id: string, en: string, es: string, face: string, color: string): Persona {
  const same = (text: string): Localised => ({ en: text, es: text });
  return {
    id,
    role: id === 'coordinator' ? 'coordinator' : 'persona',
    name: { en, es },
    face,
    color,
    duty: same(`Duty of ${id}.`),
    stance: same(`Stance of ${id}.`),
    lens: { en: [id], es: [id] },
    never: same(`Never be anyone but ${id}.`),
  };
}

export const samplePanel: Panel = {
  id: 'seven',
  name: { en: 'The seven', es: 'Los siete' },
  coordinator: persona('coordinator', 'Coordinator', 'Coordinador', '🎙️', '#4c6ef5'),
  personas: [
    persona('researcher', 'AI Researcher', 'AI Researcher', '🔬', '#1c7ed6'),
    persona('reviewer', 'Scientific Reviewer', 'Revisor Científico', '🧪', '#0c8599'),
    persona('critic', 'Critical Thinker', 'Pensador Crítico', '🧐', '#9c36b5'),
    persona('doomer', 'AI Doomer', 'AI Doomer', '🌋', '#e03131'),
    persona('philosopher', 'AI Philosopher', 'AI Philosopher', '🦉', '#7048e8'),
    persona('enthusiast', 'AI Enthusiast', 'AI Enthusiast', '🚀', '#2f9e44'),
    persona('newcomer', 'AI Newcomer', 'AI Newcomer', '🌱', '#f08c00'),
  ],
};
