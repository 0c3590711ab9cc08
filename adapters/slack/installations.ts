/** Installations of the app, as the library's OAuth wants them kept. */
import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import { z } from 'zod';
import type { Installations } from '../../src/ports/inbox.ts';
import { NAME } from './decode.ts';

/** What we kept is what the library gave us. */
const kept = z.custom<Installation>((value) => z.object({ user: z.object({}) }).safeParse(value).success);

/** What stands for a workspace that its organisation's installation serves. */
const served = z.object({ servedBy: z.string() });

export function installationStore(installations: Installations): InstallationStore {
  const find = async (id: string) => {
    const found = await installations.find(NAME, id);
    return found && !served.safeParse(found.secret).success ? kept.parse(found.secret) : null;
  };
  return {
    async storeInstallation(installation) {
      const id = idOf(installation);
      await installations.save(NAME, { id, parent: null, secret: installation });
    },
    async fetchInstallation(query) {
      const { teamId, enterpriseId } = query;
      const own = teamId ? await find(teamId) : null;
      if (own && !query.isEnterpriseInstall) return own;
      const organisation = enterpriseId ?? (teamId ? await servedBy(installations, teamId) : null);
      const theirs = organisation ? await find(organisation) : null;
      if (!theirs) throw new Error('the app is not installed there');
      // After a restart a debate knows its workspace only.
      if (teamId && organisation) await remember(installations, teamId, organisation);
      return theirs;
    },
    async deleteInstallation(query) {
      await installations.remove(NAME, removedBy(query));
    },
  };
}

function idOf(installation: Installation): string {
  const id = installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id;
  if (!id) throw new Error('an installation of nowhere');
  return id;
}

function removedBy({ isEnterpriseInstall, enterpriseId, teamId }: InstallationQuery<boolean>): string {
  const id = isEnterpriseInstall ? enterpriseId : teamId;
  if (!id) throw new Error('an installation of nowhere');
  return id;
}

async function remember(installations: Installations, id: string, servedBy: string): Promise<void> {
  const known = await installations.find(NAME, id);
  if (known?.parent !== servedBy) await installations.save(NAME, { id, parent: servedBy, secret: { servedBy } });
}

async function servedBy(installations: Installations, id: string): Promise<string | null> {
  return (await installations.find(NAME, id))?.parent ?? null;
}
