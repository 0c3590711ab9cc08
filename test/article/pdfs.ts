/** Makes PDFs to read back. */
import PDFDocument from 'pdfkit';

type Pdf = InstanceType<typeof PDFDocument>;

export function pdf(draw: (doc: Pdf) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const doc = new PDFDocument({ size: 'A4', margin: 72, ...options });
  const chunks: Uint8Array[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  doc.on('error', reject);
  draw(doc);
  doc.end();
  return promise;
}

/** Writes lines exactly where they are asked for, 12 points apart, and returns the next baseline. */
export function lines(doc: Pdf, x: number, y: number, texts: readonly string[], size = 10): number {
  doc.fontSize(size);
  for (const [i, text] of texts.entries()) doc.text(text, x, y + 1.2 * size * i, { lineBreak: false });
  return y + 1.2 * size * texts.length;
}

/** Lines of about `width` letters. */
export function wrapped(text: string, width: number): string[] {
  return text.match(new RegExp(`.{1,${width}}(?:\\s|$)`, 'g'))?.map((line) => line.trim()) ?? [];
}
