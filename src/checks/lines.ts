/** The last lines in which a speaker says in figures what its words come to (see src/spoken.ts): read and taken off. */
import type { Estimate, Failure, Stance } from '../debate.ts';

export interface LastLines {
  /** What is left for readers. */
  readonly text: string;
  readonly stance: Stance | null;
  readonly answered: boolean | null;
  readonly failure: Failure | null;
  readonly estimate: Estimate | null;
}

const SIGNED = String.raw`([+\-−–]?\s*\d+)`;
const FIGURE = String.raw`([+\-−–]?\s*\d[\d., ]*?)`;
const CONFIDENCE = String.raw`(?:confidence|confianza)\s*:\s*(\d{1,3})\s*%?`;
const TURN = String.raw`(?:\s*[,;]\s*(?:moved by|me movi[óo]|movid[oa] por)\s*:\s*(?:(?:turn|turno)\s*)?#?(\d+|[^\]\n,;]*))?`;

const line = (inside: string) => new RegExp(String.raw`\[?\**\s*${inside}\s*\**\]?`, 'giu');
const STANCE = line(String.raw`(?:stance|postura|posición)\s*:\s*${SIGNED}\s*[,;]\s*${CONFIDENCE}${TURN}`);
const ANSWERED = line(String.raw`(?:answered|respondida|contestada)\s*:\s*(yes|no|sí|si)(?![\p{L}])`);
const FAILURE = line(
  String.raw`(?:failure|fallo)\s*:\s*([^\n\]]*?)\s*[,;]\s*(?:likelihood|probabilidad)\s*:\s*([1-5])\s*[,;]\s*(?:harm|daño)\s*:\s*([1-5])`,
);
const ESTIMATE = line(
  String.raw`(?:estimate|estimación)\s*:\s*${FIGURE}\s*%?\s*[,;]\s*(?:from|desde|de)\s*:\s*${FIGURE}\s*%?\s*[,;]\s*(?:to|hasta|a)\s*:\s*${FIGURE}\s*%?\s*[,;]\s*${CONFIDENCE}`,
);

export function takeLines(said: string): LastLines {
  let stance: Stance | null = null;
  let answered: boolean | null = null;
  let failure: Failure | null = null;
  let estimate: Estimate | null = null;
  const text = said
    .replace(STANCE, (_, value: string, confidence: string, because?: string) => {
      const turn = Number(because);
      stance = {
        stance: Math.max(-3, Math.min(3, whole(value))),
        confidence: percent(confidence),
        ...(Number.isInteger(turn) && turn > 0 && { because: turn }),
      };
      return '';
    })
    .replace(ANSWERED, (_, word: string) => {
      answered = !/^no/i.test(word);
      return '';
    })
    .replace(FAILURE, (_, name: string, likelihood: string, harm: string) => {
      failure = { text: name.trim(), likelihood: Number(likelihood), harm: Number(harm) };
      return '';
    })
    .replace(ESTIMATE, (_, value: string, from: string, to: string, confidence: string) => {
      const [low = 0, high = 0] = [figure(from), figure(to)].sort((a, b) => a - b);
      estimate = { value: figure(value), low, high, confidence: percent(confidence) };
      return '';
    });
  return { text: text.trim(), stance, answered, failure, estimate };
}

function whole(text: string): number {
  return Number(text.replace(/\s/g, '').replace(/[−–]/, '-'));
}

function percent(text: string): number {
  return Math.min(100, Number(text));
}

/** `1,200.5`, `1.200,5`, `1 200` and `0,5` alike: the last sign that has no three digits after it is the decimal one. */
function figure(text: string): number {
  const bare = text.replace(/\s/g, '').replace(/[−–]/, '-');
  const decimal = /[.,](?!\d{3}(?:\D|$))(\d+)$/.exec(bare);
  const digits = (decimal ? bare.slice(0, decimal.index) : bare).replace(/[.,]/g, '');
  return Number(decimal ? `${digits}.${decimal[1]}` : digits);
}
