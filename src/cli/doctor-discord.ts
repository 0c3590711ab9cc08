/** `tertulia doctor discord`: token, intents and permissions, and the link that invites the bot with just those. */
import { checkDiscord } from '../../adapters/discord/check.ts';
import type { Config } from '../config.ts';
import { inLanguage, type Language } from '../debate.ts';
import { InputError } from '../errors.ts';
import { sentence } from './report.ts';

/** Prints a line a finding; resolves with 0 when a debate can be held there, 1 otherwise. */
export async function doctorDiscord(
  config: Config,
  language: Language,
  print: (line: string) => void,
): Promise<number> {
  if (!config.discord) throw noToken();
  try {
    const findings = await checkDiscord(config.discord);
    for (const { fine, name, text } of findings) {
      print(`${fine ? '✓' : '✗'} ${inLanguage(name, language)}: ${inLanguage(text, language)}`);
    }
    return findings.every(({ fine }) => fine) ? 0 : 1;
  } catch (error) {
    print(`✗ Discord: ${sentence(error, language, null)}`);
    return 1;
  }
}

function noToken(): InputError {
  return new InputError({
    en: 'DISCORD_TOKEN is not set; copy it from the Bot page of your application at https://discord.com/developers/applications into .env.',
    es: 'DISCORD_TOKEN no está definido; cópialo de la página Bot de tu aplicación en https://discord.com/developers/applications a .env.',
  });
}
