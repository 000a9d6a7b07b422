/** Style of the pages about runs: nothing is loaded from elsewhere, colours hold on paper, and no figure is told by colour alone. */
export const RUN_PAGE_STYLE = `
:root { --ink: #17222d; --soft: #5c6a78; --line: #dde3e9; --tint: #f5f8fa; --now: #14648f; --last: #b4c6d3; --up: #c05c1d; --down: #2a8573; --bad: #a8321f; }
* { box-sizing: border-box; }
html { background: #eef2f5; }
body { margin: 0 auto; max-width: 76rem; min-height: 100vh; padding: 2.2rem 2.4rem 3rem; background: #fff; color: var(--ink); -webkit-print-color-adjust: exact; print-color-adjust: exact;
  font: 15px/1.5 "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", "Noto Sans SC", sans-serif; }
:lang(zh-CN) body { font-family: "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
header { border-bottom: 3px solid var(--now); padding-bottom: 1rem; display: flex; flex-wrap: wrap; justify-content: space-between; align-items: end; gap: .5rem 2rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0; } h1 small { display: block; font-size: 1rem; font-weight: 400; color: var(--soft); }
h2 { font-size: 1.15rem; margin: 2.4rem 0 .2rem; color: var(--now); } h3 { font-size: .95rem; margin: 1.2rem 0 .3rem; }
header p { margin: 0; color: var(--soft); text-align: right; font-size: .85rem; }
.lead { margin: .1rem 0 .8rem; color: var(--soft); font-size: .88rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .8rem; margin: 1.3rem 0 .9rem; }
.tile { background: var(--tint); border-left: 4px solid var(--last); padding: .6rem .9rem .7rem; } .tile.main { border-color: var(--now); } .tile.look { border-color: var(--up); }
.tile span { display: block; font-size: .8rem; color: var(--soft); } .tile strong { display: block; font-size: 1.45rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tile em { font-style: normal; font-size: .8rem; color: var(--soft); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(27rem, 1fr)); gap: 0 2.4rem; }
figure { margin: .4rem 0 1rem; } figcaption { font-weight: 600; font-size: .9rem; margin: .6rem 0 .4rem; }
.plot { width: 100%; height: auto; display: block; font-size: 13px; } .plot.thin { height: 16px; } .track { fill: var(--tint); }
.plot text { fill: var(--ink); font-variant-numeric: tabular-nums; } .plot .label { font-size: 13px; } .plot .value { font-size: 13px; font-weight: 600; }
.plot .soft, .plot .note { fill: var(--soft); font-weight: 400; font-size: 12px; } .plot .axis { stroke: #9aa8b5; stroke-width: 1; }
.narrow { max-width: 40rem; }
.now { fill: var(--now); } .last { fill: var(--last); } .up { fill: var(--up); } .down { fill: var(--down); } .middle { fill: #8395a4; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .8rem; color: var(--soft); margin: .3rem 0 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem; vertical-align: -1px; }
.legend .now { background: var(--now); } .legend .last { background: var(--last); } .legend .up { background: var(--up); } .legend .down { background: var(--down); }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-size: .84rem; margin: .2rem 0 .4rem; } caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { padding: .3rem .5rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; } thead th { background: var(--tint); font-weight: 600; border-bottom: 1px solid #b9c5cf; }
tbody th { font-weight: 400; } .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } tr.sum td, tr.sum th { font-weight: 700; border-top: 1.5px solid var(--ink); }
.badge { display: inline-block; padding: 0 .5rem; border-radius: .7rem; font-size: .76rem; background: #e6edf2; color: var(--ink); white-space: nowrap; }
.badge.hot { background: #fbe7dc; color: #8a3a0b; } .none { color: var(--soft); font-size: .88rem; margin: .3rem 0; }
.up-text { color: var(--up); } .down-text { color: var(--down); }
code { font-size: .78rem; overflow-wrap: anywhere; } footer { margin-top: 2.6rem; border-top: 1px solid var(--line); padding-top: .8rem; font-size: .8rem; color: var(--soft); }
footer dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; } dd { margin: 0; }
@media print {
  html { background: #fff; } body { max-width: none; padding: 0; font-size: 9.5pt; } h2, h3, figcaption, caption { break-after: avoid; } figure, .tile, tr { break-inside: avoid; }
  thead { display: table-header-group; } .scroll { overflow: visible; } .pair { grid-template-columns: 1fr 1fr; gap: 0 6mm; } @page { size: A4; margin: 12mm; }
}
`;
