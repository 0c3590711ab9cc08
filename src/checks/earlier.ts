/** How the opening speaks of an earlier debate: the program names and links it, a voice only says what it has to do with this one. */
import { type Earlier, inLanguage, type Log } from '../debate.ts';
import { safeLine } from '../text/safe.ts';
import { keepLength } from './length.ts';

const WORDS = 50;

/** The sentence without addresses: the only link is the program's. null: the opening does not mention it. */
export function mention(said: string | null, { debate }: Pick<Log, 'debate'>): string | null {
  if (!debate.earlier) return null;
  const line = safeLine(
    (said ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\b(?:https?:\/\/|www\.)\S+/gi, ''),
  );
  return keepLength(line, WORDS, debate.language).text.trim() || null;
}

/** Lines of the opening: which debate, what it concluded, and what of it is taken up again. */
export function layEarlier(sentence: string | null, { debate }: Pick<Log, 'debate'>): readonly string[] {
  const { earlier, language } = debate;
  if (!earlier || (earlier.relation === 'recalled' && sentence === null)) return [];
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  const head =
    earlier.relation === 'followed'
      ? say('We take up again', 'Retomamos')
      : say('Debated here before', 'Ya se debatió aquí');
  const found = `🔁 **${head}:** ${named(earlier)} (${earlier.day}). ${sentence ?? safeLine(earlier.answer)}`;
  if (earlier.relation === 'recalled' || earlier.reopens.length === 0) return [found];
  const open = earlier.reopens.map(({ text }, at) => `${at + 1}. ${safeLine(text)}`);
  return [found, `**${say('Left open then', 'Quedó abierto')}:**\n${open.join('\n')}`];
}

function named({ title, question, link, id }: Earlier): string {
  const name = safeLine(title || question).replace(/[[\]*_]/g, '');
  return link === null ? `“${name}” (\`${id}\`)` : `[${name}](${link})`;
}
