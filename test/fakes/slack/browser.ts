/** A person's browser on the way through an installation. */
import type { Context } from './context.ts';
import type { Page } from './index.ts';
import type { OAuth } from './oauth.ts';
import type { User } from './world.ts';

const MOST_STEPS = 6;

/** From the app's page to Slack's, the choice, and back; cookies and all. Returns the last page. */
export async function installThrough(
  { world }: Context,
  oauth: OAuth,
  user: User,
  from: string,
  choice: 'allow' | 'cancel' | 'org',
): Promise<Page> {
  const cookies = new Map<string, string>();
  let at = from;
  for (let step = 0; step < MOST_STEPS; step++) {
    const url = new URL(at);
    if (url.origin === world.origin && url.pathname === '/oauth/v2/authorize') {
      const next = oauth.choose(url, user, choice);
      if (next.kind === 'refused') return { status: 200, url: at, text: next.why };
      at = next.to;
      continue;
    }
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2);
      cookies.set(name, value);
    }
    const text = await response.text();
    // Either the page leads on by itself, or it has the button to Slack.
    const button = /href="([^"]*\/oauth\/v2\/authorize[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    const next = response.headers.get('location') ?? button;
    if (next === null || next === undefined || next.startsWith('slack:'))
      return { status: response.status, url: at, text };
    at = new URL(next, at).href;
  }
  throw new Error(`the installation never ends: ${at}`);
}
