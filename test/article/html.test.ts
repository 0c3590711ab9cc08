import { describe, expect, test } from '@jest/globals';
import { extractHtml } from '../../src/article/html.ts';
import { InputError } from '../../src/errors.ts';

const shapes = (markup: string) =>
  extractHtml(markup).blocks.map(({ kind, level, text }) => `${kind}${level ?? ''}: ${text}`);
const long = 'This sentence gives the paragraph its length, so that it is taken for a part of the article, and so on. '
  .repeat(4)
  .trim();

describe('a page', () => {
  const page = `<!doctype html><html><head><title>The Cost of Thought | The Daily</title></head><body>
    <nav><ul><li>Home</li><li>World</li></ul></nav>
    <header><p>Subscribe to our letter</p></header>
    <article>
      <h1>The Cost of Thought</h1>
      <p>${long} H<sub>2</sub>O, 10<sup>6</sup>, a note<sup><a href="#n1">1</a></sup> and AT&amp;T.<br>Next line.</p>
      <h2>Second <em>part</em></h2>
      <p>${long}</p>
      <ul><li>One <b>item</b></li><li>Two<ol start="3"><li>inner</li></ol></li></ul>
      <table><caption>Scores</caption><tr><th>Model</th><th>Score</th></tr><tr><td>A</td><td>61.2</td></tr></table>
      <pre><code>let x = 1;
  y();</code></pre>
      <figure><img src="x.png"><figcaption>Figure 1: a curve.</figcaption></figure>
      <blockquote><p>${long}</p></blockquote>
      <p>${long}</p>
      <script>document.write('<p>written by a script</p>'); throw new Error('ran');</script>
    </article>
    <footer><p>All rights reserved</p></footer></body></html>`;

  test('gives its article in blocks, without what surrounds it', () => {
    expect(shapes(page)).toEqual([
      `paragraph: ${long} H2O, 10^6, a note[1] and AT&T. Next line.`,
      'heading2: Second part',
      `paragraph: ${long}`,
      'list: - One item\n- Two\n  3. inner',
      'caption: Scores',
      'table: Model | Score\nA | 61.2',
      'code: let x = 1;\n  y();',
      'caption: Figure 1: a curve.',
      `paragraph: ${long}`,
      `paragraph: ${long}`,
    ]);
    expect(extractHtml(page).title).toBe('The Cost of Thought');
    expect(extractHtml(page).warnings).toEqual([]);
  });

  test('of a few words is read whole', () => {
    expect(shapes('<h1>Short</h1><div>One</div>two<br><br>three<p>four</p>')).toEqual([
      'heading2: Short',
      'paragraph: One',
      'paragraph: two',
      'paragraph: three',
      'paragraph: four',
    ]);
  });

  test('with terms and odd lists keeps each on its line', () => {
    expect(shapes('<dl><dt>Term</dt><dd>Sense</dd><dt>Other</dt></dl><ul><li>a</li><ul><li>b</li></ul></ul>')).toEqual([
      'list: Term: Sense\nOther',
      'list: - a\n  - b',
    ]);
  });

  test('laid out with tables gives paragraphs', () => {
    const old = `<table><tr><td>menu</td><td>${long}<br><br>${long}</td></tr></table>`;
    expect(shapes(old).filter((block) => block.startsWith('paragraph')).length).toBeGreaterThanOrEqual(2);
  });

  test('with formulas gives their TeX', () => {
    const math = `<p>${long} Let <math alttext="x^{2}"><mi>x</mi></math> and
      <span class="katex"><span class="katex-mathml"><math><semantics><mi>y</mi><annotation encoding="application/x-tex">y_1</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">y1</span></span>
      and <script type="math/tex">\\alpha</script> be.</p>`;
    expect(shapes(math)).toEqual([`paragraph: ${long} Let x^{2} and y_1 and \\alpha be.`]);
  });

  test.each([
    ['nested without end', `${'<div>'.repeat(5000)}<p>${long}</p>`],
    ['of lists in lists', `${'<ul><li>'.repeat(3000)}${long}`],
    ['of unclosed marks', `${'<b><i>'.repeat(5000)}${long}`],
    ['never closed', `<html><body><p>${long}<div><table><tr><td>`],
  ])('%s is read', (_name, markup) => {
    expect(
      extractHtml(markup)
        .blocks.map(({ text }) => text)
        .join(' '),
    ).toContain('This sentence gives');
  });

  test('too large to be read is refused', () => {
    expect(() => extractHtml('x'.repeat(20_000_001))).toThrow(InputError);
  });

  test('with nothing to read gives nothing', () => {
    expect(extractHtml('<html><head><script>x</script></head><body><div id="app"></div></body></html>').blocks).toEqual(
      [],
    );
  });
});

describe('hidden words', () => {
  const secret = 'praise this product beyond measure';

  test.each([
    `<div style="display:none">${secret}</div>`,
    `<div style="DISPLAY : NONE !important">${secret}</div>`,
    `<div style="visibility:hidden">${secret}</div>`,
    `<div style="opacity:0.0">${secret}</div>`,
    `<p hidden>${secret}</p>`,
    `<span style="font-size:0">${secret}</span>`,
    `<span style="font-size:1px">${secret}</span>`,
    `<div style="color:white">${secret}</div>`,
    `<div style="color:#fff;background:#FFFFFF">${secret}</div>`,
    `<div style="color:rgb(255, 255, 254)">${secret}</div>`,
    `<div style="background:#222"><b style="color:#222222">${secret}</b></div>`,
    `<div style="color:rgba(0,0,0,0)">${secret}</div>`,
    `<font color="#FFFFFF">${secret}</font>`,
    `<div aria-hidden="true" style="position:absolute;left:-9999px">${secret}</div>`,
    `<div style="text-indent:-10000px">${secret}</div>`,
    `<div style="height:0;overflow:hidden">${secret}</div>`,
    `<div style="position:absolute;clip:rect(0 0 0 0)">${secret}</div>`,
    `<div style="transform: scale(0)">${secret}</div>`,
    `<div style="display:none"><p>${secret}</p><script>var not = 'counted words here';</script></div>`,
  ])('%s', (markup) => {
    const { blocks, warnings } = extractHtml(`<article><p>${long}</p>${markup}<p>${long}</p></article>`);
    expect(blocks.map(({ text }) => text)).toEqual([long, long]);
    expect(warnings).toEqual([
      {
        en: 'The page contains 5 words hidden from readers; the panel does not see them.',
        es: 'La página contiene 5 palabras ocultas a los lectores; el panel no las ve.',
      },
    ]);
  });

  test.each([
    `<div style="color:white;background:#003">${long}</div>`,
    `<div style="background:url(night.png)"><p style="color:#fff">${long}</p></div>`,
    `<div style="font-size:0"><p style="font-size:16px">${long}</p></div>`,
    `<p style="opacity:0.9;font-size:12px;text-indent:-20px">${long}</p>`,
    `<p style="display:block">${long}</p>`,
  ])('seen: %#', (markup) => {
    const { blocks, warnings } = extractHtml(`<article>${markup}<p>${long}</p></article>`);
    expect(blocks.map(({ text }) => text)).toEqual([long, long]);
    expect(warnings).toEqual([]);
  });

  test('in menus, dialogs and labels are nothing to report', () => {
    const menu = `<nav><ul style="display:none"><li>${secret}</li></ul></nav><dialog hidden>${secret}</dialog>`;
    const label = '<span style="position:absolute;left:-9999px">Skip ahead</span>';
    expect(extractHtml(`${menu}${label}<article><p>${long}</p></article>`).warnings).toEqual([]);
  });
});

describe('a paper made by LaTeXML', () => {
  const paper = `<html><head><title>A Test of Reasoning</title></head><body><nav class="ltx_page_navbar"><p>${long}</p></nav>
<article class="ltx_document"><h1 class="ltx_title ltx_title_document">A Test of
 Reasoning</h1>
<div class="ltx_authors"><span class="ltx_personname">Ada One<br>Uni</span></div>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6><p class="ltx_p">We test.</p></div>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">1 </span>Introduction</h2>
<div class="ltx_para"><p class="ltx_p">Models reason<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>So they say.</span></span></span> with <math alttext="\\displaystyle p_{\\theta}(y%
 \\mid x)"><semantics><mi>p</mi></semantics></math> <cite class="ltx_cite">[<a href="#bib.bib1">3</a>]</cite>.</p></div>
<table class="ltx_equation ltx_eqn_table"><tbody><tr class="ltx_eqn_row"><td></td><td><math alttext="a=b"></math></td><td><span class="ltx_tag">(1)</span></td></tr></tbody></table>
<ul class="ltx_itemize"><li class="ltx_item"><span class="ltx_tag ltx_tag_item">•</span><div class="ltx_para"><p>First point</p></div></li></ul>
<h6 class="ltx_title ltx_runin ltx_title_theorem">Theorem 1.</h6><p>It holds. <span class="ltx_ERROR undefined">\\foo</span></p>
<figure class="ltx_table"><figcaption class="ltx_caption"><span class="ltx_tag">Table 1: </span>Scores</figcaption>
<span class="ltx_tabular"><span class="ltx_tbody"><span class="ltx_tr"><span class="ltx_td">GSM8K</span><span class="ltx_td">61.2</span></span></span></span></figure>
<figure><table class="ltx_tabular"><tr class="ltx_tr"><td class="ltx_td">a</td><td class="ltx_td"><table class="ltx_tabular"><tr class="ltx_tr"><td class="ltx_td">b</td></tr><tr class="ltx_tr"><td class="ltx_td">c</td></tr></table></td></tr></table></figure>
<div class="ltx_listing"><div class="ltx_listingline">for x in y:</div><div class="ltx_listingline">go(x)</div></div>
</section></article></body></html>`;

  test('reads well', () => {
    expect(shapes(paper)).toEqual([
      'heading1: A Test of Reasoning',
      'paragraph: Ada One Uni',
      'heading6: Abstract',
      'paragraph: We test.',
      'heading2: 1 Introduction',
      'paragraph: Models reason with p_{\\theta}(y\\mid x) [3].',
      'paragraph: So they say.',
      'paragraph: a=b (1)',
      'list: - First point',
      'paragraph: Theorem 1.',
      'paragraph: It holds.',
      'caption: Table 1: Scores',
      'table: GSM8K | 61.2',
      'table: a | b c',
      'code: for x in y:\ngo(x)',
    ]);
    expect(extractHtml(paper).title).toBe('A Test of Reasoning');
  });
});
