/** Whether everything is in place on Discord's side, and how to invite the bot: for whoever sets it up. */
import { DiscordAPIError, PermissionsBitField, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Localised } from '../../src/debate.ts';
import type { DiscordOptions } from './connection.ts';
import { identify } from './gateway.ts';
import { inviteLink, missingNames } from './permissions.ts';

export interface Finding {
  /** `false`: no debate can be held. */
  readonly fine: boolean;
  readonly name: Localised;
  readonly text: Localised;
}

const guildsShape = z.array(z.object({ name: z.string(), permissions: z.string() }));

/** One finding a thing looked at, the invitation last. Rejects with an InputError when the token is wrong. */
export async function checkDiscord(
  options: Pick<DiscordOptions, 'token' | 'apiUrl' | 'messageContent'>,
): Promise<readonly Finding[]> {
  const application = await identify(options);
  const rest = new REST({ version: '10', api: options.apiUrl }).setToken(options.token);
  const guilds = guildsShape.parse(await rest.get(Routes.userGuilds()).catch(none));
  const who = `${application.name} (${application.id})`;
  const link = inviteLink(application.id);
  return [
    { fine: true, name: { en: 'Token', es: 'Token' }, text: { en: who, es: who } },
    { fine: true, name: { en: 'Intents', es: 'Intents' }, text: intents(application.hears, options.messageContent) },
    ...(guilds.length === 0 ? [nowhere] : guilds.map(permissionsIn)),
    { fine: true, name: { en: 'Invite link', es: 'Enlace de invitación' }, text: { en: link, es: link } },
  ];
}

/** A bot in no server is an empty list, not a failure. */
function none(error: unknown): [] {
  if (error instanceof DiscordAPIError) return [];
  throw error;
}

function intents(hears: boolean, wanted: boolean): Localised {
  if (hears && wanted) {
    return {
      en: 'MESSAGE_CONTENT is on: people in threads are heard',
      es: 'MESSAGE_CONTENT activo: se oye lo que se escribe en los hilos',
    };
  }
  if (hears) {
    return {
      en: 'MESSAGE_CONTENT is granted and not used; set DISCORD_MESSAGE_CONTENT=1 to hear people in threads',
      es: 'MESSAGE_CONTENT está concedido y no se usa; pon DISCORD_MESSAGE_CONTENT=1 para oír lo que se escribe en los hilos',
    };
  }
  return {
    en: 'MESSAGE_CONTENT is off: commands, buttons and mentions work; switch it on under Bot → Privileged Gateway Intents to hear people in threads',
    es: 'MESSAGE_CONTENT inactivo: valen órdenes, botones y menciones; actívalo en Bot → Privileged Gateway Intents para oír lo que se escribe en los hilos',
  };
}

function permissionsIn({ name, permissions }: z.infer<typeof guildsShape>[number]): Finding {
  const has = new PermissionsBitField(BigInt(permissions));
  const missing = (optional: boolean) => ({
    en: missingNames(has, 'en', { opens: true, optional }).join(', '),
    es: missingNames(has, 'es', { opens: true, optional }).join(', '),
  });
  const [needed, wished] = [missing(false), missing(true)];
  const title = { en: `Server ${name}`, es: `Servidor ${name}` };
  if (needed.en) {
    const text = {
      en: `lacks ${needed.en}; invite the bot again with the link below`,
      es: `falta ${needed.es}; invita al bot de nuevo con el enlace de abajo`,
    };
    return { fine: false, name: title, text };
  }
  if (wished.en) {
    const text = {
      en: `works; ${wished.en} would give personas their own names and faces`,
      es: `funciona; con ${wished.es} las personas de la mesa tendrían nombre y cara propios`,
    };
    return { fine: true, name: title, text };
  }
  return { fine: true, name: title, text: { en: 'all permissions', es: 'todos los permisos' } };
}

const nowhere: Finding = {
  fine: false,
  name: { en: 'Servers', es: 'Servidores' },
  text: { en: 'the bot is in none yet; open the link below', es: 'el bot no está en ninguno; abre el enlace de abajo' },
};
