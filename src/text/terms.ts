/** Words reduced to what they are about: content words, stemmed. */
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import type { Language } from '../debate.ts';

const STEMMERS: ReadonlyMap<Language, (word: string) => string> = new Map([
  ['en', english],
  ['es', spanish],
  ['pt', portuguese],
  ['fr', french],
  ['de', german],
  ['it', italian],
]);

/** Function words, and the verbs and adverbs every article uses whatever it is about. */
const ENGLISH = `a about above after again against all almost alone along already also although always am among an and
another any anybody anyone anything are around as ask asked at available away back based be became because become
becomes been before being below best better between both but by call called came can cannot case cases come comes could
different did do does doing done down during each easily either else enough especially even ever every everybody
everything fact far few find finds first for found from further gave general get gets getting give given gives go goes
good great had has have having he hence her here hers him himself his how however i if in indeed instead into is it its
itself just keep keeps know known knows large largely last later least less let lets like likely little long lot made
main make makes making many may me mean means might mine more moreover most mostly much must my need needs neither
never new next no nobody none nor not nothing now obtain obtained of off often old on once one ones only onto or other
others otherwise our ours out over own particular per perhaps possible probably propose proposed provide provided
provides put puts quite rather really recent reported require requires respectively said same say says second see
seen seems several shall she should show showed shown shows similar simply since small so some somebody something
soon still such take taken takes tell than that the their them themselves then there therefore these they thing
things this those though three through thus to together too toward towards turn two under unless until up upon us use
used useful user uses using usually various very via want wants was way ways we well went were what whatever when
where whether which while who whole whom whose why will with within without would yet you your yours
hand matter matters open order point points reason reasons right side sort start wrong`;

const SPANISH = `a acaso actualmente además ahí ahora al algo alguien algún alguna algunas alguno algunos allí ambas ambos
ante antes apenas aquel aquella aquellas aquello aquellos aquí así aun aún aunque bastante bien buen buena buenas
bueno buenos cabe cada casi caso casos cierta ciertas cierto ciertos como cómo con conseguir contra cosa cosas cual
cuál cuales cualquier cualquiera cuando cuándo cuanto cuanta cuantas cuantos da dan dar de debe deben debería debido
deja dejan del demás demasiado dentro desde después dice dicen dicho distinta distintas distinto distintos donde
dónde dos durante e el él ella ellas ello ellos embargo en encima encontró entonces entre era eran es esa esas ese eso
esos esta está estaba estaban estado están estar estas este esto estos etc existe existen forma fue fueron fuera general
gran grande grandes ha haber había habían hace hacen hacer hacia han hasta hay haya he hecho hizo igual incluso la las
le les lo los luego manera mano más mayor mayoría me mediante medio mejor menos menor mi mientras misma mismas mismo
mismos modo mostró mucha muchas mucho muchos muy nada nadie ni ningún ninguna ninguno no nos nosotros nuestra nuestras
nuestro nuestros nueva nuevas nuevo nuevos nunca o obtiene obtuvo otra otras otro otros para parece parte partir pero
permite permiten poca pocas poco pocos podemos podría podrían poner por porque posible primer primera primero primeros
propia propias propio propios propuesto pudo pueda puede pueden pues punto que qué queda quedan quien quién quienes
quiere quizá quizás razón razones requiere respecto saber sabe se sea sean según segundo ser será si sí sido siempre siendo sigue
siguen sin sino sobre sola solamente solas solo sólo solos somos son su sus suya suyo sí también tal tales tampoco tan
tanta tantas tanto tantos te tenía tener tenido tiene tienen toda todas todavía todo todos tras tres través tu un una
unas uno unos usa usan usando usar usted ustedes va vamos van varias varios ve ver vez veces y ya yo`;

const STOP: ReadonlyMap<Language, ReadonlySet<string>> = new Map([
  ['en', new Set(ENGLISH.split(/\s+/))],
  ['es', new Set(SPANISH.split(/\s+/))],
]);

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;

/** Whether a word says nothing of the topic. Languages without a list: words of up to three letters. */
export function isStopWord(word: string, language: Language): boolean {
  const stop = STOP.get(language);
  if (/^\p{N}/u.test(word)) return true;
  if (/^\p{Lu}{2,}$/u.test(word)) return false;
  return stop ? word.length < 3 || stop.has(word.toLowerCase()) : word.length <= 3;
}

/** The stem of one word, case and possessive aside. */
export function stem(word: string, language: Language): string {
  const plain = word.toLowerCase().replace(/['’]s?$/, '');
  return STEMMERS.get(language)?.(plain) ?? plain;
}

/** Words as they stand, in order. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Stems of the content words, in order, with repeats. */
export function termsOf(text: string, language: Language): string[] {
  return wordsOf(text)
    .filter((word) => !isStopWord(word, language))
    .map((word) => stem(word, language));
}

/** Letters and digits only: two texts equal but for white space, marks and case have the same. */
export function flat(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
