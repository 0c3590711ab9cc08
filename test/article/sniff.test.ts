import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeText } from '../../src/article/charset.ts';
import { type SniffHints, sniff } from '../../src/article/sniff.ts';
import { InputError } from '../../src/errors.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('sniff', () => {
  const cases: readonly (readonly [string, string, SniffHints, string])[] = [
    ['a PDF', '%PDF-1.7\n%\xe2\xe3', {}, 'pdf'],
    ['a PDF after a few lines', `HTTP junk\n${' '.repeat(500)}%PDF-1.4`, {}, 'pdf'],
    ['a PDF named .html', '%PDF-1.7', { name: 'a.html', mediaType: 'text/html' }, 'pdf'],
    ['HTML named .pdf', '<!DOCTYPE html><p>Hi', { name: 'a.pdf', mediaType: 'application/pdf' }, 'html'],
    ['HTML after a comment', '\ufeff <!-- saved --> <HTML lang=en>', {}, 'html'],
    ['XHTML', '<?xml version="1.0"?>\n<html xmlns="x">', {}, 'html'],
    ['a piece of HTML', '<p>Hello <b>you</b></p>', {}, 'html'],
    ['HTML by its type', 'Hello <b>you</b>', { mediaType: 'text/html; charset=utf-8' }, 'html'],
    ['Markdown by its look', '# Title\n\nText\n', {}, 'markdown'],
    ['Markdown by two signs', 'Text with **bold**\n\n- one\n- two\n', {}, 'markdown'],
    ['Markdown by its front matter', '---\ntitle: A\n---\n\nText\n', {}, 'markdown'],
    ['Markdown that begins with markup', '<p align="center">x</p>\n\n# Title\n\n- a\n- b\n', {}, 'markdown'],
    ['Markdown by its name', 'Just words', { name: 'notes.md' }, 'markdown'],
    ['text', 'Just words - and a dash.\n\nMore words.', { name: 'notes' }, 'text'],
    ['text of a terminal', '\u001b[31mred\u001b[0m words\f', {}, 'text'],
    ['text with a hash in it', 'We met at # 12.\n\nIt rained.', {}, 'text'],
  ];

  test.each(cases)('%s', async (_name, content, hints, kind) => {
    expect((await sniff(utf8(content), hints)).kind).toBe(kind);
  });

  const noise = new Uint8Array(4096).map((_, index) => (index * index * 31 + index * 17) % 256);
  const binaries: readonly (readonly [string, Uint8Array, RegExp, RegExp])[] = [
    ['zip', utf8(`PK\u0003\u0004\u0014\0\0\0\0\0${'\0'.repeat(40)}`), /compressed archive/, /archivo comprimido/],
    ['gzip', gzipSync('text'), /compressed archive/, /archivo comprimido/],
    [
      'png',
      new Uint8Array([
        0x89,
        0x50,
        0x4e,
        0x47,
        0x0d,
        0x0a,
        0x1a,
        0x0a,
        0,
        0,
        0,
        13,
        0x49,
        0x48,
        0x44,
        0x52,
        ...new Uint8Array(40),
      ]),
      /an image/,
      /una imagen/,
    ],
    ['flac', latin1(`fLaC${'\0'.repeat(40)}`), /audio/, /audio/],
    ['mp4', latin1(`\0\0\0\u0018ftypisom\0\0\0\0${'\0'.repeat(40)}`), /a video/, /un vídeo/],
    [
      'old Word',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(600)]),
      /old Office/,
      /Office/,
    ],
    ['rtf', utf8('{\\rtf1\\ansi Hello}'), /word-processor/, /ofimática/],
    ['PostScript', utf8('%!PS-Adobe-3.0\n/x 1 def'), /PostScript/, /PostScript/],
    ['SQLite', latin1(`SQLite format 3\0${'\0'.repeat(40)}`), /SQLITE/, /SQLITE/],
    ['noise', noise, /binary data/, /datos binarios/],
    ['zeros', new Uint8Array(100), /binary data/, /datos binarios/],
  ];

  test.each(binaries)('%s is refused by its name', async (_name, bytes, en, es) => {
    const error = await sniff(bytes).then(String, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toHaveProperty('text.en', expect.stringMatching(en));
    expect(error).toHaveProperty('text.es', expect.stringMatching(es));
  });

  test('a Word document is told from its ZIP', async () => {
    const entry = (name: string) => {
      const header = Buffer.alloc(30);
      header.writeUInt32LE(0x04034b50, 0);
      header.writeUInt16LE(name.length, 26);
      return Buffer.concat([header, Buffer.from(name)]);
    };
    const bytes = Buffer.concat([entry('word/document.xml'), entry('word/styles.xml'), Buffer.alloc(64)]);
    await expect(sniff(bytes)).rejects.toThrow(/word-processor document|compressed archive/);
  });
});

describe('decodeText', () => {
  const cases: readonly (readonly [string, Uint8Array, string | undefined, string])[] = [
    ['UTF-8', utf8('año “nuevo”'), undefined, 'año “nuevo”'],
    ['a mark of UTF-8', utf8('\ufeffaño'), 'text/html; charset=latin1', 'año'],
    ['a mark of UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0, 0xf1, 0]), undefined, 'añ'],
    ['Latin-1, undeclared', latin1('año'), undefined, 'año'],
    ['Windows-1252 quotes', new Uint8Array([0x93, 0x61, 0x94, 0x20, 0x80]), undefined, '“a” €'],
    ['Latin-1 that says UTF-8', latin1('el año pasado'), 'text/html; charset=utf-8', 'el año pasado'],
    ['UTF-8 that says Latin-1', utf8('el año pasado'), 'text/html; charset=iso-8859-1', 'el año pasado'],
    ['the server says', new Uint8Array([0xc4, 0xe3, 0xba, 0xc3]), 'text/plain; charset="gb2312"', '你好'],
    ['the page says', latin1('<meta charset="windows-1251">\xcf\xf0'), undefined, '<meta charset="windows-1251">Пр'],
    [
      'the page says, long form',
      latin1('<meta http-equiv=x content="text/html; charset=koi8-r">\xf0'),
      undefined,
      '<meta http-equiv=x content="text/html; charset=koi8-r">П',
    ],
    ['a name nobody knows', latin1('año'), 'text/plain; charset=klingon', 'año'],
    ['plain ASCII in an escape encoding', latin1('\x1b$B$"\x1b(B'), 'text/plain; charset=iso-2022-jp', 'あ'],
  ];

  test.each(cases)('%s', (_name, bytes, mediaType, text) => expect(decodeText(bytes, mediaType)).toBe(text));

  test('a broken byte does not turn a page of UTF-8 into another encoding', () => {
    const bytes = Buffer.concat([utf8('ñandú '.repeat(50)), new Uint8Array([0xff])]);
    expect(decodeText(bytes)).toContain('ñandú');
  });

  test('any text in UTF-8 comes back, whatever is declared', () => {
    const label = fc.constantFrom('utf-8', 'latin1', 'nonsense', 'windows-1252');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), label, (text, charset) => {
        const whole = `ñ${text.toWellFormed().replaceAll('\ufffd', '')}`;
        expect(decodeText(utf8(whole), `text/plain; charset=${charset}`)).toBe(whole);
      }),
    );
  });
});
