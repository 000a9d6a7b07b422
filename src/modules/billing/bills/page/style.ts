/** The page's own style: nothing is loaded from elsewhere, and A4 paper is kept in mind. */
export const STYLE = `
:root { --ink: #1d2733; --soft: #5b6876; --line: #d5dce3; --tint: #f4f7fa; --mark: #0b5c8a; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.5rem 3rem; color: var(--ink);
  font: 15px/1.5 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Segoe UI", sans-serif; }
header { display: flex; justify-content: space-between; align-items: flex-start; gap: 2rem; border-bottom: 3px solid var(--mark); padding-bottom: 1rem; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; color: var(--mark); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; }
.due { text-align: right; } .due strong { display: block; font-size: 2.1rem; line-height: 1.2; color: var(--mark); }
.due small { color: var(--soft); }
.banner { margin: 1rem 0 0; padding: .6rem 1rem; border-left: 5px solid #b3541e; background: #fdf3ec; }
table { width: 100%; border-collapse: collapse; font-size: .86rem; }
th, td { padding: .32rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { background: var(--tint); font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.group td { background: var(--tint); font-weight: 600; }
tr.sum td { font-weight: 600; } tr.total td { font-weight: 700; border-top: 2px solid var(--ink); font-size: 1rem; }
.refs a, .refs span { display: inline-block; margin-right: .4rem; color: var(--mark); font-size: .78rem; overflow-wrap: anywhere; }
td:target, tr:target td { background: #fff6d6; }
code { font-size: .8rem; overflow-wrap: anywhere; }
.soft, footer { color: var(--soft); } footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .8rem; font-size: .82rem; }
.scroll { overflow-x: auto; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; }
  .refs a { color: inherit; text-decoration: none; } .scroll { overflow: visible; }
  @page { size: A4; margin: 14mm; }
}
`;

/** What the page may load: its own style and nothing else, and no script at all. */
export const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
