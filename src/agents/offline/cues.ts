/** Words by which an article shows what a sentence does: limit, count, give a reason, hedge. */
import type { Language } from '../../debate.ts';

/**
 * What can be seen in a sentence without understanding it. `guarded`: it denies or defines and so claims nothing that
 * could be limited; `leaning`: it begins by pointing at the sentence before.
 */
export type Cue =
  | 'contrast'
  | 'figure'
  | 'cause'
  | 'hedge'
  | 'absolute'
  | 'gain'
  | 'loss'
  | 'definition'
  | 'claim'
  | 'guarded'
  | 'leaning';

const whole = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'iu');

const ENGLISH: Readonly<Record<Exclude<Cue, 'figure'>, RegExp>> = {
  // "all but", "not yet" and "not only … but also" limit nothing; an opening "although" concedes.
  contrast:
    /(?<!\p{L})(?:however|nevertheless|nonetheless|on the other hand|limitations?|drawbacks?|downsides?|shortcomings?|caveats?|unless|at the (?:cost|expense) of|trade-?offs?|fails? to|not (?:enough|sufficient)|is (?:very |severely )?limited|has (?:a|its) limits?|have (?:a|their) limits?)(?!\p{L})|^(?:but|yet)\s|[,;:]\s(?:but(?! also)|yet|although|though)(?!\p{L})/iu,
  cause: whole(
    'because|since|so that|therefore|thus|hence|by \\p{L}+ing|causes?|leads? to|results? in|due to|which (?:lets?|makes?|keeps?|allows?)|in order to',
  ),
  hedge: whole(
    'may|might|could|perhaps|possibly|probably|suggests?|(?:is|are|be|most|more|very|quite) likely|likely to|seems?|appears?|tends? to|usually|often',
  ),
  absolute: whole(
    'all|always|never|any|every|everybody|everyone|nobody|no|none|only|cannot|must|entirely|impossible|nothing',
  ),
  gain: whole(
    'improv\\p{L}+|better|gains?|enabl\\p{L}+|allows?|reduc\\p{L}+|cheap\\p{L}*|faster|outperform\\p{L}*|efficient\\p{L}*|helps?|lifted|raised|rose|succe\\p{L}+|advantages?|benefits?|affordable|anyone',
  ),
  definition: whole(
    'is (?:a|an|the)|are (?:a|the)?|means?|is called|refers? to|is defined as|consists? of|known as|define',
  ),
  claim: whole(
    'argues?|we (?:show|propose|present|argue|introduce|demonstrate|find|claim|conclude)|should|this (?:paper|article|work|study) \\p{L}+s|our (?:results|approach|method|findings)|proposes?|conclude[sd]?',
  ),
  loss: whole(
    'stops?|los(?:es?|t|ing)|loss|worse|fail(?:s|ed|ure|ures)?|ruin|declin\\p{L}+|degrad\\p{L}+|risks?|harm\\p{L}*|danger\\p{L}*|catastrophic|collaps\\p{L}+|crash\\p{L}*|unsafe|expensive|fade|wrong|errors?|attacks?',
  ),
  guarded: whole(
    "not|cannot|\\p{L}+n['’]t|never|no|none|nothing|nobody|hardly|little|neither|nor|means|refers? to|is called|is defined as|consists? of",
  ),
  leaning:
    /^(?:this|these|that|those|it|they|such|he|she|its|their|here|there|both|another|others|also|moreover|furthermore|similarly|additionally|finally|then|thus|therefore|hence|consequently|in (?:this|these|that|such|addition|particular)|on (?:this|that|these)|as a result|for (?:example|instance|this|these)|by that|the (?:same|latter|former|second|first|other|following|above|argument|definition|gains)|two|first|second|third|to this end|so|and|or|instead|beyond that|with this)(?!\p{L})/iu,
};

const SPANISH: Readonly<Record<Exclude<Cue, 'figure'>, RegExp>> = {
  contrast:
    /(?<!\p{L})(?:sin embargo|no obstante|ahora bien|por el contrario|en cambio|limitaci(?:ón|ones)|inconvenientes?|desventajas?|salvo que|a menos que|a costa de|no basta|no bastan|insuficientes?|no logran?|tienen?(?:, sin embargo,)? (?:un|sus) límites?|límites? de)(?!\p{L})|^pero\s|[,;:]\s(?:pero|aunque)(?!\p{L})/iu,
  cause: whole(
    'porque|ya que|puesto que|por (?:lo )?tanto|de modo que|debido a|gracias a|mediante|causan?|provocan?|por eso|para que|al \\p{L}+[aei]r|como',
  ),
  hedge: whole(
    'puede|pueden|podrían?|quizás?|tal vez|posiblemente|probablemente|sugieren?|parecen?|suelen?|hace pensar|a menudo',
  ),
  absolute: whole(
    'todos?|todas?|siempre|nunca|ningun[oa]?|ningún|nadie|nada|solo|sólo|únicamente|imposible|cualquier|cualquiera|no puede|no pueden|debe|deben',
  ),
  gain: whole(
    'mejor\\p{L}*|ganan?|ganancias?|permit\\p{L}+|reduc\\p{L}+|barat[oa]s?|rápid[oa]s?|eficien\\p{L}+|ayud\\p{L}+|éxitos?|ventajas?|subi[óo]|llevó|cualquiera|beneficios?|alcance',
  ),
  definition: whole(
    'es (?:un|una|el|la)|son (?:un|una|los|las)|significa|consiste en|se llama|se define|llamaron|se entiende por',
  ),
  claim: whole(
    'sostien\\p{L}+|mostramos|proponemos|presentamos|demostramos|concluimos|argument\\p{L}+|debería(?:n|mos)?|este (?:artículo|trabajo|estudio) \\p{L}+|nuestr[oa]s? (?:resultados|método|enfoque|propuesta)',
  ),
  loss: whole(
    'dejan? de|pierde[ns]?|perdieron|pérdidas?|peor(?:es)?|fall[aoe]\\p{L}*|arruin\\p{L}+|riesgos?|dañ\\p{L}+|peligr\\p{L}+|catastrófic\\p{L}+|colaps\\p{L}+|insegur\\p{L}+|car[oa]s?|costos[oa]s?|caer|olvido|desvanec\\p{L}+|equivocad\\p{L}+|errores?|ataques?',
  ),
  guarded: whole(
    'no|nunca|nada|nadie|ningún|ninguna|ninguno|apenas|poco|tampoco|ni|significa|consiste en|se llama|se define',
  ),
  leaning:
    /^(?:est[eao]s?|estas?|es[eao]s?|aquell?[oa]s?|ello|ella|ellos|ellas|él|su|sus|tal|tales|dich[oa]s?|aquí|ahí|allí|así|ambos|ambas|también|además|asimismo|por (?:ello|eso|lo tanto|tanto|esto)|en (?:este|esta|ese|esa|estos|estas|particular|consecuencia|resumen)|según es[ae]|con est[eao]s?|para ello|otr[oa]s?|a partir de ahí|el (?:mismo|segundo|primero|último|argumento)|la (?:misma|segunda|primera|definición)|las ganancias|los mismos|después|luego|finalmente|primero|segundo|entonces|es el|es la|y|o|si bien)(?!\p{L})/iu,
};

const BY_LANGUAGE: ReadonlyMap<Language, typeof ENGLISH> = new Map([
  ['en', ENGLISH],
  ['es', SPANISH],
]);

/** A count, not a year, a name such as GPT-4 or a citation. */
const FIGURE = /(?<![\p{L}\d.,-])(?!(?:19|20)\d\d(?![\d.,%]))\d[\d.,]*(?![\p{L}\d-])/u;

/** Whether the language's cues are known: where they are not, nothing may be said of a sentence's kind. */
export function knowsCues(language: Language): boolean {
  return BY_LANGUAGE.has(language);
}

export function has(cue: Cue, text: string, language: Language): boolean {
  if (cue === 'figure') return FIGURE.test(text);
  return BY_LANGUAGE.get(language)?.[cue].test(text) ?? false;
}
