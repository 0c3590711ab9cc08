/** arXiv papers by their id. */

const ARXIV = 'https://arxiv.org';

const NEW_ID = /^(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(v[1-9]\d*)?$/i;
const OLD_ID = /^([a-z-]+)(?:\.[a-z]{2})?\/(\d{2}(?:0[1-9]|1[0-2])\d{3})(v[1-9]\d*)?$/i;

/** Archives that gave out ids of the old style (until 2007); a list, so that `notes/2024001` stays a path. */
const OLD_ARCHIVES = new Set(
  (
    'acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga ' +
    'funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics ' +
    'plasm-ph q-alg q-bio quant-ph solv-int supr-con'
  ).split(' '),
);

/** The id in its plain form (`2502.21321v2`, `cs/0112017`), from an id or an address of arXiv's; null: neither. */
export function arxivId(text: string): string | null {
  return plainId(text.trim().replace(/^arxiv:\s*/i, '')) ?? idOfAddress(text.trim());
}

function plainId(text: string): string | null {
  const recent = NEW_ID.exec(text);
  if (recent) return `${recent[1]}${(recent[2] ?? '').toLowerCase()}`;
  const [, archive = '', number = '', version = ''] = OLD_ID.exec(text) ?? [];
  const name = archive.toLowerCase();
  return OLD_ARCHIVES.has(name) ? `${name}/${number}${version.toLowerCase()}` : null;
}

/** `https://arxiv.org/abs/…`, `/pdf/…`, `/html/…`, with or without its scheme, and arXiv's DOIs. */
function idOfAddress(text: string): string | null {
  const address =
    /^(?:https?:\/\/)?(?:www\.|export\.|browse\.)?arxiv\.org\/(?:abs|pdf|html|format)\/([^?#]+)/i.exec(text) ??
    /^(?:https?:\/\/)?(?:dx\.)?doi\.org\/10\.48550\/arxiv\.([^?#]+)/i.exec(text);
  return plainId((address?.[1] ?? '').replace(/\/+$/, '').replace(/\.pdf$/i, ''));
}

/** Where a paper is: the page people link to, and its text, the better form first. `base` stands in for arXiv. */
export function arxivAddresses(id: string, base = ARXIV): { readonly page: string; readonly texts: readonly string[] } {
  return { page: `${ARXIV}/abs/${id}`, texts: [`${base}/html/${id}`, `${base}/pdf/${id}`] };
}
