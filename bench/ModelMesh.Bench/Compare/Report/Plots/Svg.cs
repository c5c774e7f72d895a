using System.Text;
using System.Xml;

namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>Writes one picture: a card with its own background, so that it can be read on any page, light or dark.</summary>
internal sealed class Svg(double width, double height, string title)
{
    private const string Style =
        """
        text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1f2328}
        .title{font-size:15px;font-weight:600}.head{font-weight:600}.soft{fill:#59636e}.start{text-anchor:start}.middle{text-anchor:middle}.end{text-anchor:end}
        .card{fill:#fff;stroke:#d1d9e0}.grid{stroke:#e4e8ec}.axis{stroke:#818b98}.bar{fill:currentColor}.curve{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}
        .dot{fill:currentColor}.whisker{stroke:#1f2328;stroke-width:1.5}
        .direct{color:#6e7781}.nginx{color:#0072b2}.portkey{color:#d55e00}.mesh{color:#009e73}.mesh-part{color:#5cb8a0}.other{color:#cc79a7}
        @media (prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9198a1}.card{fill:#161b22;stroke:#3d444d}.grid{stroke:#2b3138}.axis{stroke:#6e7681}.whisker{stroke:#e6edf3}
        .direct{color:#9ea7b3}.nginx{color:#56b4e9}.portkey{color:#e8762d}.mesh{color:#1fbf91}.mesh-part{color:#2f8a70}}
        """;

    private const string Namespace = "<svg xmlns=\"http://www.w3.org/2000/svg\"";

    private readonly StringBuilder _content = new();

    public void Text(double x, double y, string text, string styles) => _content.Append($"<text x=\"{N(x)}\" y=\"{N(y)}\" class=\"{styles}\">{Escape(text)}</text>\n");

    public void Line(double x1, double y1, double x2, double y2, string styles) =>
        _content.Append($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{styles}\"/>\n");

    public void Bar(double x, double y, double barWidth, double barHeight, string styles) =>
        _content.Append($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(barWidth)}\" height=\"{N(barHeight)}\" class=\"bar {styles}\"/>\n");

    public void Dot(double x, double y, string styles) => _content.Append($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"3.5\" class=\"dot {styles}\"/>\n");

    /// <param name="dashes">As SVG's <c>stroke-dasharray</c>; empty for an unbroken line.</param>
    public void Curve(IReadOnlyList<(double X, double Y)> points, string styles, string dashes)
    {
        if (points.Count > 0)
        {
            var dashed = dashes.Length == 0 ? "" : $" stroke-dasharray=\"{dashes}\"";
            _content.Append($"<polyline points=\"{string.Join(' ', points.Select(point => $"{N(point.X)},{N(point.Y)}"))}\" class=\"curve {styles}\"{dashed}/>\n");
        }
    }

    /// <summary>Whether this class wrote a picture, now or in an earlier version.</summary>
    public static bool IsOurs(string picture) => picture.StartsWith(Namespace, StringComparison.Ordinal) && picture.Contains("class=\"card\"/>", StringComparison.Ordinal);

    public override string ToString() =>
        $"""
        {Namespace} viewBox="0 0 {N(width)} {N(height)}" width="{N(width)}" height="{N(height)}" role="img" aria-labelledby="title">
        <title id="title">{Escape(title)}</title>
        <style>{Style}</style>
        <rect x="0.5" y="0.5" width="{N(width - 1)}" height="{N(height - 1)}" rx="8" class="card"/>
        <text x="20" y="30" class="title">{Escape(title)}</text>
        {_content}</svg>

        """.ReplaceLineEndings("\n");

    private static string N(double value) => value.ToString("0.##");

    private static string Escape(string text) =>
        string.Concat(text.Where(XmlConvert.IsXmlChar)).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}
