namespace AIaaS.Pipeline.Datasets.Report;

/// <summary>The page's style sheet: light and dark by the reader's system, readable on a telephone and on paper.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{--bg:#f6f7f9;--card:#fff;--ink:#1b2430;--soft:#66717f;--line:#e3e7ec;--train:#3b6fd4;--validation:#d79a2b;--test:#2f9e77;--warn:#fff6e0;--warnline:#e3b341}
        @media(prefers-color-scheme:dark){:root{--bg:#12161b;--card:#1b2129;--ink:#e6eaf0;--soft:#98a3b1;--line:#2c343e;--train:#6c9bf2;--validation:#e5b04d;--test:#4fc59a;--warn:#33290f;--warnline:#8a6d1d}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:1080px;margin:0 auto;padding:32px 20px 64px}
        h1{margin:0;font-size:30px;letter-spacing:-.02em}h2{margin:36px 0 12px;font-size:18px}
        p{margin:6px 0}.sub,small{color:var(--soft)}code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(112px,1fr));gap:12px;margin:22px 0 8px}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px;border-top:3px solid var(--line)}
        .tile.train{border-top-color:var(--train)}.tile.validation{border-top-color:var(--validation)}.tile.test{border-top-color:var(--test)}
        .tile b{display:block;font-size:22px;font-variant-numeric:tabular-nums}.tile span{display:block}.tile small{display:block;overflow-wrap:anywhere}
        .warn{background:var(--warn);border-left:4px solid var(--warnline);border-radius:6px;padding:10px 14px;margin:8px 0}
        .card{background:var(--card);border:1px solid var(--line);border-radius:10px;overflow-x:auto}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:8px 14px;border-bottom:1px solid var(--line);vertical-align:middle}
        tr:last-child td{border-bottom:0}th{font-weight:600;color:var(--soft);font-size:13px;white-space:nowrap}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.name{font-weight:600;max-width:280px;overflow-wrap:anywhere}
        .type{border:1px solid var(--line);border-radius:99px;padding:1px 9px;font-size:12px;white-space:nowrap}
        .bar{display:block;width:100%;min-width:160px;height:14px}.hist{display:block;width:160px;height:34px}
        .train-f{fill:var(--train)}.validation-f{fill:var(--validation)}.test-f{fill:var(--test)}.hist rect{fill:var(--train)}
        .key{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 5px 0 14px}
        .key.train{background:var(--train);margin-left:0}.key.validation{background:var(--validation)}.key.test{background:var(--test)}
        .top{color:var(--soft);font-size:13px;overflow-wrap:anywhere}
        @media print{body{background:#fff}.card,.tile{break-inside:avoid}}
        """;
}
