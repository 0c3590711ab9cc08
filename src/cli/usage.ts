/** What is wrong with a command line, in the words of the rest of the program instead of the parser's. */
import type { CommanderError } from 'commander';
import type { Localised } from '../debate.ts';
import { InputError } from '../errors.ts';

/** By the parser's code. `it`: the option, command or argument. */
const MISTAKES: ReadonlyMap<string, (it: string) => Localised> = new Map([
  [
    'commander.unknownOption',
    (it: string) => ({ en: `There is no option "${it}"`, es: `No existe la opción «${it}»` }),
  ],
  [
    'commander.unknownCommand',
    (it: string) => ({ en: `There is no command "${it}"`, es: `No existe la orden «${it}»` }),
  ],
  ['commander.missingArgument', (it: string) => ({ en: `The ${it} is missing`, es: `Falta ${it}` })],
  [
    'commander.optionMissingArgument',
    (it: string) => ({ en: `What comes after ${it} is missing`, es: `Falta lo que va detrás de ${it}` }),
  ],
  [
    'commander.invalidArgument',
    (it: string) => ({ en: `"${it}" is none of the choices`, es: `«${it}» no es una de las opciones` }),
  ],
  [
    'commander.excessArguments',
    () => ({
      en: 'More was given than is expected (a name with spaces goes in quotation marks)',
      es: 'Se ha dado más de lo que se espera (un nombre con espacios va entre comillas)',
    }),
  ],
]);

const OTHER: Localised = { en: 'That is not how the command is used', es: 'La orden no se usa así' };

/** The parser's complaint as a mistake the person can put right. */
export function mistyped({ code, message }: CommanderError): InputError {
  const it = /'([^']+)'/.exec(message)?.[1] ?? '';
  const meant = /Did you mean (?:one of )?(.+)\?\)/.exec(message)?.[1];
  const what = MISTAKES.get(code)?.(it) ?? OTHER;
  return new InputError({
    en: `${what.en}; ${meant ? `perhaps ${meant} is meant, ` : ''}"tertulia --help" shows what there is.`,
    es: `${what.es}; ${meant ? `quizá sea ${meant}, ` : ''}«tertulia --help» muestra lo que hay.`,
  });
}
