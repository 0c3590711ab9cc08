/** A host that keeps what an adapter brings it and answers as it is told. */
import type { Persona } from '../../src/debate.ts';
import type { Host, Incoming, Reply, VerbDefinition } from '../../src/ports/host.ts';
import { createMemoryInbox, createMemoryInstallations } from './memory-inbox.ts';

export interface RecordingHost extends Host {
  readonly inbox: ReturnType<typeof createMemoryInbox>;
  /** Workspaces that threw the bot out. */
  readonly left: readonly string[];
  /** Oldest first. */
  readonly received: readonly Incoming[];
  /** What the next call of `receive` comes to; afterwards it is an empty reply again. */
  answers(next: Reply | Error): void;
}

const verbs: readonly VerbDefinition[] = [
  {
    name: 'pause',
    word: { en: 'pause', es: 'pausa' },
    summary: { en: 'Pause after whoever is speaking', es: 'Pausar después de quien habla' },
    args: [],
    may: 'starter',
    when: ['running'],
  },
  {
    name: 'ask',
    word: { en: 'ask', es: 'pregunta' },
    summary: { en: 'Put a question to one persona', es: 'Hacer una pregunta a una persona' },
    args: [
      {
        name: 'persona',
        word: { en: 'persona', es: 'persona' },
        summary: { en: 'Who should answer', es: 'Quién debe contestar' },
        required: true,
        choices: 'personas',
      },
      {
        name: 'question',
        word: { en: 'question', es: 'pregunta' },
        summary: { en: 'The question', es: 'La pregunta' },
        required: true,
      },
    ],
    may: 'anyone',
  },
];

export function createRecordingHost(personas: readonly Persona[]): RecordingHost {
  const received: Incoming[] = [];
  const left: string[] = [];
  let next: Reply | Error = { text: '' };
  return {
    verbs,
    received,
    left,
    inbox: createMemoryInbox(),
    installations: createMemoryInstallations(),
    holds: async () => false,
    removed: async (_adapter, workspace) => void left.push(workspace),
    answers(reply) {
      next = reply;
    },
    async receive(incoming) {
      received.push(incoming);
      const answer = next;
      next = { text: '' };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    async choices(_place, kind, language) {
      if (kind !== 'personas') return [];
      return personas.map(({ id, name }) => ({ id, name: language === 'es' ? name.es : name.en }));
    },
  };
}
