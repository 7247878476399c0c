namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>The pack's own style sheet: light, dark and paper.</summary>
internal static class EvidenceStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1d2321; --soft: #56605c; --line: #d5dbd6; --ground: #f6f7f4; --card: #fff; --code: #eef1ec; --warn: #9b2c1d; --accent: #0f6b57; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebe7; --soft: #a3aea8; --line: #343d39; --ground: #141816; --card: #1b201e; --code: #232927; --warn: #ff9c8a; --accent: #5cc6aa; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
        main { max-width: 980px; margin: 0 auto; padding: 40px 24px 80px; }
        .kind { margin: 0; color: var(--accent); font-weight: 600; }
        h1 { margin: 0; font-size: 34px; line-height: 1.2; } h1 span { font-weight: 400; } .lead { color: var(--soft); margin: 4px 0 24px; }
        h2 { margin: 40px 0 12px; font-size: 21px; } h3 { margin: 0; font-size: 16px; } h4 { margin: 14px 0 2px; font-size: 13px; color: var(--soft); }
        .state { font-weight: 400; color: var(--soft); font-size: 14px; margin-left: 6px; } .sub { margin: 0 0 8px; color: var(--soft); font-size: 13px; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 20px; margin: 0 0 12px; break-inside: avoid; }
        dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 6px 24px; } dt { color: var(--soft); font-size: 13px; } dd { margin: 0; overflow-wrap: anywhere; }
        ul { margin: 0; padding-left: 20px; } li { overflow-wrap: anywhere; } .how li { margin-bottom: 6px; }
        code, pre { font: 12.5px/1.5 ui-monospace, monospace; } code { overflow-wrap: anywhere; white-space: pre-wrap; }
        pre { background: var(--code); border-radius: 8px; padding: 12px 14px; overflow: auto; max-height: 420px; white-space: pre-wrap; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; font-size: 13px; } th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        th { color: var(--soft); font-weight: 500; } .evidence th { width: 190px; } .evidence { margin-top: 10px; } small { color: var(--soft); }
        .num { font-variant-numeric: tabular-nums; } .scroll { overflow-x: auto; } .scroll table { min-width: 720px; } .warn { color: var(--warn); } summary { cursor: pointer; color: var(--soft); margin-top: 10px; }
        @media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --ground: #fff; --card: #fff; --code: #f3f3f3; --accent: #000; } main { max-width: none; padding: 0; } pre { max-height: none; } .scroll { overflow: visible; } .scroll table { min-width: 0; } .data { display: none; } }
        """;
}
