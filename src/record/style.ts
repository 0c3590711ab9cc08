/** The look of the HTML page: phone first, a contents column where there is room, plain on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f7f5f1; --card: #fff; --ink: #1f1c17; --soft: #5d574c; --line: #e0dbd1;
  --link: #0a549e; --note: #fdf3d8; --quote: #fff3c4; --warn: #9a3412; --lead: #eef3fb;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #161513; --card: #211f1c; --ink: #ece8e0; --soft: #b3ab9d; --line: #3a3630;
    --link: #8fbdf5; --note: #33290f; --quote: #4a3d10; --warn: #fdba8c; --lead: #1c2635;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.page { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p, ul, ol { margin: 0 0 .75rem; }
ul, ol { padding-inline-start: 1.25rem; }
li { margin-bottom: .3rem; }
.soft { color: var(--soft); font-size: .875rem; }
.asked { font-size: 1.15rem; line-height: 1.4; margin: 0 0 .75rem; }
.asked b { display: block; font-size: .8125rem; color: var(--soft); font-weight: 600; }
.caution { background: var(--note); border-radius: .5rem; padding: .6rem .85rem; margin: 0 0 .5rem; font-size: .9375rem; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .15rem 1rem; font-size: .9375rem; }
nav a { display: inline-block; padding: .3rem 0; }
.face { width: 2.25rem; height: 2.25rem; flex: none; color: var(--c, #777); }
.face circle { fill: currentColor; fill-opacity: .16; stroke: currentColor; stroke-width: 1.5; }
.face text { font-size: 19px; text-anchor: middle; dominant-baseline: central; fill: var(--ink); }
.face .initials { font-size: 14px; font-weight: 600; }
.people { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .5rem 1rem; }
.people li { display: flex; gap: .6rem; align-items: center; margin: 0; line-height: 1.25; }
.people .soft { display: block; font-size: .8125rem; }
.synthesis { background: var(--card); border: 1px solid var(--line); border-radius: .85rem; padding: 1.1rem 1.1rem .5rem; margin-top: 1.5rem; }
.synthesis h2 { margin-top: 0; }
.answer { background: var(--lead); border-radius: .6rem; padding: .85rem 1rem; font-size: 1.125rem; line-height: 1.5; margin-bottom: 1rem; }
.answer .soft { display: block; margin-top: .35rem; }
.issue { font-weight: 600; margin-bottom: .3rem; }
.issue::first-letter { text-transform: uppercase; }
.picture { margin: 0 0 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .85rem; padding: .85rem .6rem .6rem; }
.picture svg { display: block; width: 100%; max-width: 34rem; margin: 0 auto; font-size: 11px; }
.picture text { fill: var(--ink); }
.picture .grid text { text-anchor: middle; fill: var(--soft); }
.picture .grid line { stroke: var(--line); }
.picture .grid .middle { stroke: var(--soft); stroke-dasharray: 2 3; }
.picture g { color: var(--c, #777); }
.picture .who { font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.picture .row { stroke: var(--line); }
.picture .path { stroke: currentColor; stroke-width: 3; }
.picture .ring { fill: var(--card); stroke: currentColor; stroke-width: 2; }
.picture .dot { fill: currentColor; }
.picture figcaption { padding: .5rem .4rem 0; }
.clash { background: var(--card); border: 1px solid var(--line); border-radius: .85rem; padding: .85rem 1rem .35rem; margin: 0 0 1rem; break-inside: avoid; }
.sides { display: grid; gap: .75rem; margin-bottom: .6rem; }
.side { border-inline-start: 3px solid var(--c, #777); padding-inline-start: .75rem; min-width: 0; }
.side p { margin: 0 0 .4rem; }
.side .by { align-items: center; }
.side .by .face { width: 1.6rem; height: 1.6rem; }
.side .answered { background: var(--lead); border-radius: .4rem; padding: .4rem .6rem; font-size: .9375rem; }
.evidence { list-style: none; padding: 0; }
.evidence li { border-bottom: 1px solid var(--line); padding: .5rem 0; margin: 0; }
.evidence blockquote { margin: 0 0 .2rem; }
.aside { border-inline-start: 3px solid var(--c, #777); padding-inline-start: .75rem; margin: .6rem 0; }
.aside .text p { margin-bottom: .3rem; }
.turn { display: flex; gap: .6rem; margin: 0 0 1rem; scroll-margin-top: .75rem; }
.bubble { flex: 1; min-width: 0; background: var(--card); border: 1px solid var(--line); border-inline-start: 3px solid var(--c, #777); border-radius: .3rem .85rem .85rem .85rem; padding: .65rem .9rem .35rem; }
.turn:target .bubble { outline: 2px solid var(--link); outline-offset: 2px; }
.person { flex-direction: row-reverse; }
.person .bubble { flex: 0 1 auto; min-width: 55%; background: var(--lead); border-inline-start: 1px solid var(--line); border-inline-end: 3px solid var(--soft); border-radius: .85rem .3rem .85rem .85rem; }
.by { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .5rem; margin-bottom: .3rem; }
.by h4 { margin: 0; font-size: 1rem; }
.by .n { margin-inline-start: auto; font-size: .8125rem; color: var(--soft); padding: 0 .25rem; }
.to { margin: 0 0 .4rem; font-size: .875rem; color: var(--soft); }
.text .heading { font-weight: 600; }
.text .quoted { background: var(--quote); box-decoration-break: clone; -webkit-box-decoration-break: clone; padding: 0 .1em; }
.text pre, .scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; overflow-wrap: break-word; }
th, td { text-align: start; vertical-align: top; padding: .45rem .5rem .45rem 0; border-bottom: 1px solid var(--line); }
th { font-size: .8125rem; color: var(--soft); font-weight: 600; }
tbody th { color: inherit; font-size: inherit; }
td.num { font-variant-numeric: tabular-nums; }
caption { text-align: start; color: var(--soft); font-size: .875rem; padding-bottom: .5rem; }
.scale { display: none; width: 9rem; height: 1.5rem; color: var(--c); }
.quotes { list-style: none; padding: 0; margin: .25rem 0 .4rem; border-top: 1px solid var(--line); padding-top: .4rem; font-size: .9375rem; }
.quotes blockquote { margin: .5rem 0 .25rem; padding-inline-start: .75rem; border-inline-start: 2px solid var(--line); }
summary { cursor: pointer; padding: .15rem 0; }
.quotes .where { color: var(--soft); }
mark { background: var(--quote); color: inherit; }
.warn { color: var(--warn); }
.tail { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin-bottom: .3rem; }
.notes { margin: 0 0 1rem; border: 1px dashed var(--line); border-radius: .6rem; padding: .5rem .9rem; }
.notes .by { margin-top: .4rem; }
.qa { list-style: none; padding: 0; }
.qa li { border-bottom: 1px solid var(--line); padding: .5rem 0; margin: 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@media (min-width: 40rem) {
  .sides { grid-template-columns: 1fr 1fr; }
  h1 { font-size: 2rem; }
  .page { padding-top: 2.5rem; }
  .synthesis { padding: 1.5rem 1.75rem .75rem; }
  .scale { display: block; }
  table { font-size: .9375rem; }
}
@media (min-width: 68rem) {
  .page { max-width: 64rem; display: grid; grid-template-columns: 12rem minmax(0, 46rem); column-gap: 3.5rem; }
  .page > * { grid-column: 2; }
  .page > nav { grid-column: 1; grid-row: 1 / span 3; }
  nav ul { position: sticky; top: 2.5rem; flex-direction: column; gap: .1rem; }
}
@media print {
  :root { --ground: #fff; --card: #fff; --lead: #fff; --note: #fff; --line: #bbb; }
  @page { margin: 18mm 16mm; }
  html { font-size: 10pt; }
  body { line-height: 1.45; }
  .page { display: block; max-width: none; padding: 0; }
  nav, .skip, .there, .posted { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4, .by { break-after: avoid; }
  .turn, .synthesis li, .qa li, tr { break-inside: avoid; }
  .synthesis, .bubble { border-radius: 0; }
  .synthesis { border: 0; padding: 0; }
  .answer, .caution { border: 1px solid #999; }
  .text .quoted, mark { background: none; font-style: italic; }
  .scale { display: block; }
  summary { list-style: none; }
  .notes::details-content, .dropped::details-content { content-visibility: visible; display: block; }
}
`;
