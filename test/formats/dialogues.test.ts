/** Each format as dialogue, through the host, on one store: opening a database takes longer than any debate. */
import { afterAll, beforeAll } from '@jest/globals';
import type { Store } from '../../src/ports/store.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { autoDialogues } from './dialogues/auto.ts';
import { deliberationDialogues } from './dialogues/deliberation.ts';
import { delphiDialogues } from './dialogues/delphi.ts';
import { oxfordDialogues } from './dialogues/oxford.ts';
import { plantedDialogues } from './dialogues/planted.ts';
import { quickDialogues } from './dialogues/quick.ts';
import { redteamDialogues } from './dialogues/redteam.ts';
import { socraticDialogues } from './dialogues/socratic.ts';

let opened: Store;
beforeAll(async () => {
  opened = await openMemoryStore();
});
afterAll(() => opened.close());

const store = () => opened;
deliberationDialogues(store);
plantedDialogues(store);
quickDialogues(store);
oxfordDialogues(store);
redteamDialogues(store);
socraticDialogues(store);
delphiDialogues(store);
autoDialogues(store);
