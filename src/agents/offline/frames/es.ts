import type { Frames } from './frame.ts';

/** Spanish frames. */
export const spanish: Frames = {
  and: 'y',
  silence: 'Ya se han leído todas las frases del artículo que yo podría citar, y no añado nada de mi cosecha.',
  personas: {
    researcher: {
      lead: [
        'Empiezo por cómo funciona, porque de ahí cuelga lo demás. Sobre {y}, el artículo dice: {q}.',
        'Primero, el mecanismo. Así explica el artículo lo que toca a {y}: {q}.',
      ],
      follow: [
        'Lo que {name} ha leído sobre {x} tiene un mecanismo detrás. En el artículo: {q}.',
        'A lo que {name} dice sobre {x} le añado cómo funciona: {q}.',
      ],
      limit: [
        'El mecanismo en que se apoya {name} al hablar de {x} tiene un borde, y el propio artículo lo marca: {q}.',
        'Antes de construir sobre lo que {name} ha leído de {x}, conste que el propio artículo lo limita: {q}.',
      ],
      shift: [
        'Dejo donde está el tema de {name} y abro otra pieza de la maquinaria, {y}: {q}.',
        'Otra pieza de la maquinaria, que no responde a {name}. Sobre {y}: {q}.',
      ],
      second: ['A su lado va una segunda pieza: {q}.', 'Y la pieza que la acompaña: {q}.'],
      seen: [
        'La frase da una razón y no solo un resultado, que es lo que busco.',
        'Ahí se ve de qué depende, de modo que la afirmación puede seguirse paso a paso.',
      ],
      unseen: [
        'Eso dice qué ocurre; por qué ocurre es lo siguiente que yo leería.',
        'De momento es una descripción, y una descripción todavía no es un mecanismo.',
      ],
      close: [
        'Yo daría crédito a un resultado hasta donde se entienda ese paso.',
        'Quien dude de la conclusión debería decir cuál de esos pasos falla.',
      ],
      ask: [],
    },
    reviewer: {
      lead: [
        'Pregunto por la evidencia. Sobre {y}, el artículo ofrece esto: {q}.',
        'La evidencia primero. Sobre {y}: {q}.',
      ],
      follow: [
        '{name} ha puesto sobre la mesa {x}; he buscado en qué se apoya. El artículo: {q}.',
        'Pongamos a prueba lo que {name} ha leído sobre {x}. Esto es lo que ofrece el artículo: {q}.',
      ],
      limit: [
        'Lo que {name} ha leído sobre {x} se enuncia sin su límite, y el propio artículo lo limita: {q}.',
        'Sobre {x}, la frase que eligió {name} no es la última palabra del artículo, que la limita él mismo: {q}.',
      ],
      shift: [
        'No tengo con qué contrastar la frase de {name}, así que traigo otra evidencia, sobre {y}: {q}.',
        'Otra evidencia, sobre un asunto distinto del de {name}. De {y} dice el artículo: {q}.',
      ],
      second: ['Hay que leerla junto con esta: {q}.', 'Compárese con esto: {q}.'],
      seen: [
        'Trae una cifra, así que se puede comprobar: referencia, muestra y dispersión es lo que yo miraría.',
        'Hay un número; lo que echo en falta a su lado es cuántas veces se midió.',
      ],
      unseen: [
        'En esa frase no hay ninguna cifra, así que la anoto como afirmación y no como resultado.',
        'Sin un número no puedo pesarla; solo puedo tomar nota.',
      ],
      close: [
        'La misma medida con otros datos y el resultado contrario me haría cambiar de opinión.',
        'Una ablación que quite las piezas de una en una aclararía más que otro ejemplo.',
      ],
      ask: [
        '{name}, ¿qué cifra del artículo respalda lo que ha leído sobre {x}?',
        '{name}, ¿dónde mide el artículo {x}, en lugar de afirmarlo sin más?',
      ],
    },
    critic: {
      lead: [
        'Busco lo que se da por supuesto. Sobre {y}, el artículo dice: {q}.',
        'Empiezo por el supuesto que lleva el peso. Sobre {y}: {q}.',
      ],
      follow: [
        'Antes de apoyarnos en lo que {name} ha leído sobre {x}, póngase esto al lado: {q}.',
        'Antes de dar por resuelto lo que {name} ha leído sobre {x}, sigamos leyendo el mismo artículo: {q}.',
      ],
      limit: [
        '{name} se apoya en {x}, y ahí el artículo discute consigo mismo. El propio artículo lo limita: {q}.',
        'Este es el contraargumento más fuerte a lo que {name} ha leído sobre {x}, y es del propio artículo, que lo limita así: {q}.',
      ],
      shift: [
        'No he encontrado frase que limite lo que ha leído {name}, y no voy a inventarla. Otro punto débil, {y}: {q}.',
        'No es una objeción a {name}, sino otra puerta a la que llamar, {y}: {q}.',
      ],
      second: ['Contrástese con esto: {q}.', 'Y al lado, en el mismo artículo: {q}.'],
      seen: [
        'En esa frase hay un absoluto, y a un absoluto le basta un contraejemplo.',
        'Palabras como «todo», «solo» o «debe» son el sitio donde yo apretaría: no dejan excepciones.',
      ],
      unseen: [
        'La frase se deja una salida; quien la use debería decir cómo de ancha.',
        'Mírese quién gana si eso se cree, y el supuesto oculto suele asomar.',
      ],
      close: [
        'Lo que se premia se acaba explotando, y yo buscaría aquí por dónde.',
        'Yo no construiría sobre eso mientras no se conteste.',
      ],
      ask: [
        '{name}, ¿qué más dice el artículo que afecte a lo que ha leído sobre {x}?',
        '{name}, ¿qué condición pone el artículo a lo que ha leído sobre {x}?',
      ],
    },
    doomer: {
      lead: [
        'Yo leo para ver qué sale mal. Sobre {y}, el artículo dice: {q}.',
        'Alguien tiene que poner precio al peor caso. Sobre {y}: {q}.',
      ],
      follow: [
        '{name} habla de {x}; yo leo las mismas páginas buscando el daño. Ahí dice: {q}.',
        'Llevemos lo que {name} ha leído sobre {x} a su peor final creíble. El artículo: {q}.',
      ],
      limit: [
        'Al hablar de {x}, {name} se ha dejado la factura. El propio artículo lo limita: {q}.',
        'Si actuamos según lo que {name} ha leído sobre {x}, esto es lo que muerde. El propio artículo lo limita: {q}.',
      ],
      shift: [
        'Dejando a un lado el tema de {name}, este es el riesgo que a mí me quita el sueño, {y}: {q}.',
        'Ese era el tema de {name}; el mío es otro, lo que cuesta equivocarse sobre {y}: {q}.',
      ],
      second: ['Y no viene solo: {q}.', 'Y además esto: {q}.'],
      seen: [
        'El artículo lo dice con cautela, así que lo llamo posible y no seguro.',
        'Lo dice con un «puede» o algo parecido: es una probabilidad que nadie nos ha medido.',
      ],
      unseen: [
        'Está dicho sin rodeos, sin un «quizá», y le tomo la palabra.',
        'En esa frase no hay cautela ninguna; para el artículo, esto no es especulación.',
      ],
      close: [
        'Mi señal de alarma: una cifra publicada sobre {y} antes de cada uso más amplio, y parar si empeora.',
        'La carga de la prueba es de quien despliega, y mientras no la cumpla yo no pasaría del ensayo.',
      ],
      ask: [],
    },
    philosopher: {
      lead: [
        'Permítanme preguntar qué significan las palabras. De {y} dice el artículo: {q}.',
        'Primero, una palabra. De {y} dice el artículo: {q}.',
      ],
      follow: [
        '{name} ha hablado de {x} como si tuviera un solo sentido. Véase qué trabajo hace aquí: {q}.',
        'Importa saber de qué hablamos cuando, con {name}, hablamos de {x}. El artículo dice: {q}.',
      ],
      limit: [
        'La frase de {name} sobre {x} vale en un sentido y no en otro. El propio artículo lo limita: {q}.',
        'Desde que habló {name} hay dos sentidos de {x} en juego. El propio artículo lo limita: {q}.',
      ],
      shift: [
        'No le discuto nada a {name}; voy a otra palabra, una que toca a las personas. Sobre {y}: {q}.',
        'Una cuestión distinta de la de {name}: qué debemos y a quién. Sobre {y}: {q}.',
      ],
      second: ['Su vecina en el artículo dice: {q}.', 'A su lado pongo esta: {q}.'],
      seen: [
        'Cuento {n} frases del artículo que usan {y}, y es mucho trabajo para una sola expresión.',
        'La expresión {y} aparece en {n} de las frases que puedo leer aquí; dudo de que signifique lo mismo en todas.',
      ],
      unseen: [
        'La expresión se usa como si todos la conociéramos, y ahí es donde viven los malentendidos.',
        'Esa expresión no la ha definido nadie en esta mesa, y de la definición colgará una decisión.',
      ],
      close: [
        'Mi distinción para la mesa: una cosa es que algo se pueda medir y otra que sea lo que queríamos.',
        'Imaginemos que la persona afectada pide una razón: una puntuación sería una respuesta, pero no una razón.',
      ],
      ask: [],
    },
    enthusiast: {
      lead: ['Yo pregunto quién gana. Sobre {y}, el artículo dice: {q}.', 'Parto del uso. Sobre {y}: {q}.'],
      follow: [
        'Recojo de frente lo que {name} ha leído sobre {x}, y le pongo esto al lado: {q}.',
        'Sobre {x}, después de {name}, alguien debería leer lo que se puede aprovechar: {q}.',
      ],
      limit: [
        'Hasta quien pone aquí el optimismo debe admitir que lo que {name} ha leído sobre {x} tiene un límite. El propio artículo lo limita: {q}.',
        'Me encantaría quedarme en lo que {name} ha leído sobre {x}, pero el propio artículo lo limita: {q}.',
      ],
      shift: [
        'He escuchado a {name} y no puedo refutarlo con el artículo; la ganancia yo la veo en otra parte, {y}: {q}.',
        'Lo de {name} queda en pie. No es, con todo, la imagen entera: sobre {y}, el artículo dice: {q}.',
      ],
      second: ['A eso le sumo: {q}.', 'Y hay más con lo que trabajar: {q}.'],
      seen: [
        'Eso es algo que ganar, con palabras del artículo y no mías.',
        'Léase como lo que se podría probar: la ventaja está dicha.',
      ],
      unseen: [
        'No promete por sí sola una ganancia; dice lo que haría falta para tenerla.',
        'La frase nombra la condición; cumplirla es el trabajo.',
      ],
      close: [
        'Lo que se puede probar en pequeño y deshacer, yo lo probaría, midiendo antes y después.',
        'Hace falta una prueba pequeña, que se pueda deshacer, y alguien que cuente.',
      ],
      ask: [],
    },
    newcomer: {
      lead: [
        'Vengo de fuera, así que he elegido una frase que puedo seguir. Sobre {y}: {q}.',
        'Como principiante me agarro a lo que está dicho con sencillez. Sobre {y}: {q}.',
      ],
      follow: [
        'Empiezo en esto. Después de oír a {name} sobre {x}, esta frase me ayudó: {q}.',
        'Quiero comprobar que sigo a {name} en lo de {x}. Lo más sencillo que he encontrado es: {q}.',
      ],
      limit: [
        'Creía haber entendido a {name} sobre {x}, y entonces seguí leyendo. El propio artículo lo limita: {q}.',
        'Esto me confunde, y para bien: {name} leyó una cosa sobre {x} y el propio artículo la limita: {q}.',
      ],
      shift: [
        'Después de {name} perdí un poco el hilo, así que empiezo por otra cosa, {y}: {q}.',
        'Mi duda no es la de {name}. Es sobre {y}, de lo que el artículo dice: {q}.',
      ],
      second: ['Y esta, creo, va con ella: {q}.', 'Pongo al lado: {q}.'],
      seen: ['Esa se explica sola, y puedo repetirla en casa.', 'Aquí el artículo dice qué es la cosa, y se agradece.'],
      unseen: [
        'Esa frase puedo repetirla, pero no sé si sabría explicarla.',
        'Entiendo cada palabra; aun así me gustaría oír para qué sirve.',
      ],
      close: [],
      ask: [
        '{name}, ¿qué entiende el artículo por {x}, para quien lo oye por primera vez?',
        '{name}, ¿cómo le explicaría el artículo a un principiante lo que toca a {x}?',
      ],
    },
  },
  generic: {
    lead: [
      'Mi tarea aquí: {duty}. Sobre {y}, el artículo dice: {q}.',
      'Se me pidió una cosa: {duty}. Así que, sobre {y}: {q}.',
    ],
    follow: [
      'Llego con mi tarea a lo que {name} ha leído sobre {x}: {duty}. El artículo añade: {q}.',
      'Mi tarea en esta mesa: {duty}. Con lo que {name} dice sobre {x} va esto: {q}.',
    ],
    limit: [
      'Mi tarea: {duty}. Lo que {name} ha leído sobre {x} tiene un límite, y el propio artículo lo limita: {q}.',
      'En lo de {x} tengo que frenar a {name}. El propio artículo lo limita: {q}.',
    ],
    shift: [
      'Mi tarea: {duty}. Es otro asunto que el de {name}; sobre {y}, el artículo dice: {q}.',
      'No objeto nada a {name}; traigo otro asunto, {y}: {q}.',
    ],
    second: ['Con esto va: {q}.', 'Y también: {q}.'],
    seen: [],
    unseen: [],
    close: ['Eso es lo que el artículo me da para trabajar.', 'Quisiera que constara antes de que nadie decida.'],
    ask: [],
  },
  purposes: {
    for: [
      'Por mi asiento hablo a favor de la moción y leo lo que la apoya. Sobre {y}: {q}.',
      'A favor de la moción, el artículo ofrece esto sobre {y}: {q}.',
      'La bancada a favor se apoya en {y}, donde el artículo dice: {q}.',
    ],
    against: [
      'Por mi asiento hablo en contra de la moción y leo lo que la estorba. Sobre {y}: {q}.',
      'En contra de la moción, el artículo ofrece esto sobre {y}: {q}.',
      'La bancada en contra se apoya en {y}, donde el artículo dice: {q}.',
    ],
    defence: [
      'Me tocó defender la propuesta. Lo que el artículo tiene a su favor, sobre {y}: {q}.',
      'En defensa de la propuesta, sobre {y}: {q}.',
    ],
    attack: [
      'Por dónde puede romperse la propuesta, en palabras del propio artículo, sobre {y}: {q}.',
      'Busqué el punto débil y leo esto, sobre {y}: {q}.',
      'Una manera de que salga mal, sobre {y}: {q}.',
    ],
    inquiry: [
      '¿Qué entiende el artículo por {y}, y en qué frase lo dice?',
      '¿Qué frase del artículo dice qué es {y}, y cuál dice qué no es?',
    ],
  },
  reply: {
    answer: [
      '{name} me ha preguntado por {x}. La mejor frase del artículo al respecto: {q}.',
      'Para {name}, sobre {x}, lo más cercano que encuentro en el artículo: {q}.',
      '{name} quería saber de {x}. Lo que puedo leer es esto: {q}.',
    ],
    nearest: [
      '{name} me ha preguntado por {x}. De lo que pedía exactamente no encuentro frase; la más cercana es: {q}.',
      'Para {name}, sobre {x}: no encuentro en el artículo una frase que diga justo eso. La más cercana es: {q}.',
    ],
    nothing: [
      'Para {name}: el artículo no tiene otra frase sobre {x} que yo pueda citar, así que la cuestión queda abierta. Mejor decirlo que rellenar el hueco.',
      'He buscado lo que pide {name} sobre {x}, y ninguna frase del artículo aún sin leer lo dice. Lo dejo abierto.',
    ],
    limited: [
      '{name} ha puesto un límite a lo que leí sobre {x}, y acepto que está en el artículo. Lo que hay a su lado: {q}.',
      'Concedido: la frase que leyó {name} limita la mía sobre {x}. El artículo tiene esto que añadir: {q}.',
      'No retiro mi frase sobre {x}, ni se puede dejar de leer la de {name}. Pésese con ellas esta: {q}.',
    ],
    insist: [
      'Se lo recuerdo a {name}: en lo de {x} el límite sigue en pie. Y hay más en el artículo: {q}.',
      'Sobre {x} vuelvo a {name}, porque el límite que leí no es un detalle. El artículo continúa: {q}.',
    ],
    elsewhere: [
      'Sobre {x} no queda en el artículo nada que {name} y yo no hayamos oído. Lo dejo ahí y sigo leyendo, sobre {y}: {q}.',
      'Para {name}: sobre {x} las frases ya se han leído y no hay otra. Lo demás que yo pesaría es {y}: {q}.',
    ],
    thesis: [
      'La tesis con la que se abrió el debate no está sola; el propio artículo la limita: {q}.',
      'No olvidemos la tesis de la apertura. El propio artículo la limita: {q}.',
      'Frente a la tesis de la que partimos está el límite que pone el propio artículo: {q}.',
    ],
    add: [
      'Recojo de {name} lo de {x}. El artículo dice también: {q}.',
      'Sobre {x}, ya que {name} lo ha traído, otra frase merece ser oída: {q}.',
      'Para completar lo que {name} ha leído sobre {x}: {q}.',
    ],
    person: [
      '{name}, gracias por intervenir. La frase del artículo que más se acerca a lo que dice es: {q}.',
      'Para {name}, con el artículo en la mano, ya que solo puedo citar: {q}.',
    ],
    personNothing: [
      '{name}, gracias por intervenir. No encuentro en el artículo una frase que lo diga con esas palabras, y solo puedo citar, así que queda abierto.',
      'Para {name}: buscando esas palabras no he encontrado en el artículo una frase que leer. Lo dejo anotado como abierto.',
    ],
  },
};
