namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>Groups of bars with whiskers from the lowest to the highest round. Each group has an axis from 0, so lengths can be compared within it.</summary>
internal static class BarChart
{
    private const double Width = 900;
    private const double Margin = 20;
    private const double Top = 58;
    private const double RowHeight = 26;
    private const double BarHeight = 16;

    // Title, ticks and unit of a panel.
    private const double PanelExtra = 66;
    private const double LetterWidth = 7;
    private const double ValueWidth = 84;
    private const int LongLabel = 20;

    public static string Draw(string title, IReadOnlyList<BarPanel> panels)
    {
        var longest = panels.SelectMany(panel => panel.Bars).Max(bar => bar.Label.Length);
        var columns = panels.Count == 1 || longest > LongLabel ? 1 : 2;
        var panelWidth = (Width - (Margin * (columns + 1))) / columns;
        var panelHeight = PanelExtra + (RowHeight * panels.Max(panel => panel.Bars.Count));
        var lines = (panels.Count + columns - 1) / columns;
        var svg = new Svg(Width, Top + (lines * panelHeight) - 8, title);
        for (var index = 0; index < panels.Count; index++)
        {
            Draw(svg, panels[index], Margin + (index % columns * (panelWidth + Margin)), Top + (index / columns * panelHeight), panelWidth, longest * LetterWidth);
        }

        return svg.ToString();
    }

    private static void Draw(Svg svg, BarPanel panel, double left, double top, double width, double labelWidth)
    {
        var bottom = top + 12 + (panel.Bars.Count * RowHeight);
        var start = left + Math.Min(labelWidth, width / 2) + 10;
        var scale = new LinearScale(panel.Bars.Max(bar => bar.Value?.Max ?? 0), start, left + width - ValueWidth);
        svg.Text(left, top + 4, $"{panel.Title} ({panel.Unit.Trim()})", "head start");
        Axis(svg, scale, top + 12, bottom, panel.Unit);
        for (var index = 0; index < panel.Bars.Count; index++)
        {
            var bar = panel.Bars[index];
            var middle = top + 12 + ((index + 0.5) * RowHeight);
            svg.Text(start - 8, middle + 4, bar.Label, "end");
            if (bar.Value is not { } value)
            {
                svg.Text(start + 6, middle + 4, "not measured", "soft start");
                continue;
            }

            svg.Bar(start, middle - (BarHeight / 2), Math.Max(1, scale.At(value.Median) - start), BarHeight, bar.Styles);
            Whisker(svg, scale.At(value.Min), scale.At(value.Max), middle);
            svg.Text(Math.Max(scale.At(value.Max), start + 1) + 8, middle + 4, Numbers.Figure(value.Median) + panel.Unit, "start");
        }
    }

    // Where numbers are long there is room for every other.
    private static void Axis(Svg svg, LinearScale scale, double top, double bottom, string unit)
    {
        for (var index = 0; index < scale.Ticks.Count; index++)
        {
            var x = scale.At(scale.Ticks[index]);
            svg.Line(x, top, x, bottom, index == 0 ? "axis" : "grid");
            if (scale.Ticks[^1] < 10_000 || index % 2 == 0)
            {
                svg.Text(x, bottom + 16, Numbers.Tick(scale.Ticks[index]) + (index == 0 ? unit : ""), "soft middle");
            }
        }
    }

    private static void Whisker(Svg svg, double from, double to, double middle)
    {
        if (to > from)
        {
            svg.Line(from, middle, to, middle, "whisker");
            svg.Line(from, middle - 4, from, middle + 4, "whisker");
            svg.Line(to, middle - 4, to, middle + 4, "whisker");
        }
    }
}
