/** Looking at debates: where they stand, what was said, to take along. */

import { centralQuestion, inLanguage } from '../debate.ts';
import { exportRecord } from '../record/export.ts';
import { buildRecord } from '../record/record.ts';
import { moneyReported, tokensReported } from '../spending/budget.ts';
import { dollars } from '../spending/dollars.ts';
import { statusWords } from '../text/words.ts';
import { DEBATE, needed, type Verb } from './verb.ts';

export const status: Verb = {
  name: 'status',
  word: { en: 'status', es: 'estado' },
  summary: { en: 'Where the debate stands', es: 'Cómo va el debate' },
  may: 'anyone',
  args: [DEBATE],
  when: ['running', 'paused', 'concluded', 'stopped', 'failed'],
  async run({ log, formats, incoming, store }) {
    const { debate, turns } = needed(log);
    const { helpful, unhelpful } = await store.ratings(debate.workspace, debate.id);
    const expected = formats.find((format) => format.id === debate.format)?.expectedTurns(needed(log)) ?? turns.length;
    const tokens = tokensReported(turns);
    const money = moneyReported(turns);
    const say = (en: string, es: string) => inLanguage({ en, es }, incoming.language);
    const lines = [
      `**${debate.id}** · ${inLanguage(statusWords[debate.status], incoming.language)} · ${say('turn', 'turno')} ${turns.length}/${Math.max(expected, turns.length)}${tokens ? ` · ${tokens} tokens` : ''}${money ? ` · ${dollars(money, incoming.language)}` : ''}`,
      centralQuestion(needed(log)),
      debate.failure ?? '',
      helpful + unhelpful > 0 ? `👍 ${helpful} · 👎 ${unhelpful}` : '',
    ];
    return { text: lines.filter(Boolean).join('\n'), debateId: debate.id };
  },
};

export const exportVerb: Verb = {
  name: 'export',
  word: { en: 'export', es: 'exportar' },
  summary: { en: 'The whole debate as md, json or html', es: 'El debate entero en md, json o html' },
  may: 'anyone',
  args: [
    {
      name: 'kind',
      word: { en: 'kind', es: 'tipo' },
      summary: { en: 'md, json or html', es: 'md, json o html' },
      required: false,
      choices: 'exports',
    },
    DEBATE,
  ],
  when: ['running', 'paused', 'concluded', 'stopped', 'failed'],
  async run({ log, args }) {
    const attachment = exportRecord(buildRecord(needed(log), { now: new Date() }), args.kind ?? 'md');
    return { text: attachment.name, debateId: needed(log).debate.id, attachment };
  },
};

export const list: Verb = {
  name: 'list',
  word: { en: 'list', es: 'lista' },
  summary: { en: 'Debates so far', es: 'Los debates hasta ahora' },
  may: 'anyone',
  args: [],
  async run({ store, incoming }) {
    const debates = await store.list(incoming.place.workspace, 50);
    const none = { en: 'No debates yet.', es: 'Todavía no hay debates.' };
    const lines = debates.map((each) => {
      const day = each.startedAt.toISOString().slice(0, 16).replace('T', ' ');
      const state = inLanguage(statusWords[each.status], incoming.language);
      return `- **${each.id}** · ${day} · ${state} · ${each.turns} · ${each.title || each.question}`;
    });
    return { text: lines.join('\n') || inLanguage(none, incoming.language) };
  },
};

export const show: Verb = {
  name: 'show',
  word: { en: 'show', es: 'mostrar' },
  summary: { en: 'Read a debate', es: 'Leer un debate' },
  may: 'anyone',
  args: [DEBATE],
  when: ['running', 'paused', 'concluded', 'stopped', 'failed'],
  async run({ log }) {
    const { content } = exportRecord(buildRecord(needed(log), { now: new Date() }), 'md');
    return { text: content, debateId: needed(log).debate.id };
  },
};
