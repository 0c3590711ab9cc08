/** `tertulia doctor slack`: tokens and scopes, and the manifests to make the app with. */
import { checkSlack } from '../../adapters/slack/check.ts';
import { manifestFor } from '../../adapters/slack/manifest.ts';
import type { Config } from '../config.ts';
import { inLanguage, type Language } from '../debate.ts';
import { sentence } from './report.ts';

/** Prints a line a finding, then the manifests; resolves with 0 when a debate can be held there, 1 otherwise. */
export async function doctorSlack(
  { slack }: Config,
  language: Language,
  print: (line: string) => void,
): Promise<number> {
  let healthy = false;
  if (!slack) print(`✗ Slack: ${inLanguage(NOT_SET_UP, language)}`);
  else {
    try {
      const findings = await checkSlack(slack);
      for (const { fine, name, text } of findings) {
        print(`${fine ? '✓' : '✗'} ${inLanguage(name, language)}: ${inLanguage(text, language)}`);
      }
      healthy = findings.every(({ fine }) => fine);
    } catch (error) {
      print(`✗ Slack: ${sentence(error, language, null)}`);
    }
  }
  const address = slack?.publicUrl ?? 'https://YOUR.ADDRESS';
  if (slack?.transport.kind !== 'http') show(print, inLanguage(SOCKET, language), manifestFor(null));
  if (slack?.transport.kind !== 'socket') show(print, inLanguage(HTTP, language), manifestFor(address));
  return healthy ? 0 : 1;
}

function show(print: (line: string) => void, title: string, manifest: object): void {
  print('');
  print(title);
  print(JSON.stringify(manifest, null, 2));
}

const NOT_SET_UP = {
  en: 'no token is set; make an app at https://api.slack.com/apps → Create New App → From a manifest, with one of these:',
  es: 'no hay ningún token; crea una aplicación en https://api.slack.com/apps → Create New App → From a manifest, con uno de estos:',
};

const SOCKET = {
  en: 'Manifest for Socket Mode (one team, no public address), to paste as JSON:',
  es: 'Manifiesto para Socket Mode (un equipo, sin dirección pública), para pegar como JSON:',
};

const HTTP = {
  en: 'Manifest for HTTP (any number of workspaces), to paste as JSON:',
  es: 'Manifiesto para HTTP (cuantos espacios se quiera), para pegar como JSON:',
};
