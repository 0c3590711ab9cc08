/** Whether everything is in place on Discord's side, and how to invite the bot: for whoever sets it up. */
import type { Guild } from 'discord.js';
import { inLanguage, type Language, type Localised } from '../../src/debate.ts';
import type { DiscordOptions } from './connection.ts';
import { identify, logIn } from './gateway.ts';
import { canHold, inviteLink, missingNames } from './permissions.ts';

export interface Finding {
  /** `false`: no debate can be held. */
  readonly fine: boolean;
  readonly name: Localised;
  readonly text: Localised;
}

/** Of channels where something is missing. */
const MOST_NAMED = 10;

/** One finding a thing looked at, the invitation last. Connects, and rejects with an InputError where that fails. */
export async function checkDiscord(options: Omit<DiscordOptions, 'log'>): Promise<readonly Finding[]> {
  const application = await identify(options);
  const client = await logIn({ ...options, log: () => undefined });
  const guilds = await Promise.all([...client.guilds.cache.values()].map(permissionsIn)).finally(() =>
    client.destroy(),
  );
  const who = `${application.name} (${application.id})`;
  const link = inviteLink(application.id);
  return [
    { fine: true, name: { en: 'Token', es: 'Token' }, text: { en: who, es: who } },
    { fine: true, name: { en: 'Intents', es: 'Intents' }, text: intents(application.hears, options.messageContent) },
    ...(guilds.length === 0 ? [nowhere] : guilds),
    { fine: true, name: { en: 'Invite link', es: 'Enlace de invitación' }, text: { en: link, es: link } },
  ];
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

/** Channels it can hold debates in, and what it lacks in others that it sees. */
async function permissionsIn(guild: Guild): Promise<Finding> {
  const me = guild.members.me ?? (await guild.members.fetchMe());
  const seen = guild.channels.cache.filter((each) => canHold(each) && each.permissionsFor(me).has('ViewChannel'));
  const lacking = (language: Language, optional: boolean) =>
    [...seen.values()].flatMap((channel) => {
      const names = missingNames(channel.permissionsFor(me), language, { opens: true, optional });
      return names.length === 0 ? [] : [`#${channel.name} (${names.join(', ')})`];
    });
  const ready = seen.size - lacking('en', false).length;
  const list = (language: Language, optional: boolean) => lacking(language, optional).slice(0, MOST_NAMED).join('; ');
  const say = (language: Language) =>
    [
      inLanguage(
        { en: `ready in ${ready} of ${seen.size} channels`, es: `listo en ${ready} de ${seen.size} canales` },
        language,
      ),
      list(language, false) && inLanguage({ en: 'lacks in ', es: 'falta en ' }, language) + list(language, false),
      list(language, true) &&
        inLanguage(
          { en: 'for personas with faces of their own: ', es: 'para que la mesa tenga caras propias: ' },
          language,
        ) + list(language, true),
    ]
      .filter(Boolean)
      .join('; ');
  const name = { en: `Server ${guild.name}`, es: `Servidor ${guild.name}` };
  return { fine: ready > 0, name, text: { en: say('en'), es: say('es') } };
}

const nowhere: Finding = {
  fine: false,
  name: { en: 'Servers', es: 'Servidores' },
  text: { en: 'the bot is in none yet; open the link below', es: 'el bot no está en ninguno; abre el enlace de abajo' },
};
