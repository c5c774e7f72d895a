namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>Measures over a number that grows by powers of ten, with whiskers from the lowest to the highest round.</summary>
internal static class LineChart
{
    private const double Width = 900;
    private const double Margin = 20;
    private const double Top = 58;
    private const double PanelHeight = 300;
    private const double AxisWidth = 68;

    public static string Draw(string title, string xTitle, IReadOnlyList<LinePanel> panels)
    {
        var columns = Math.Min(2, panels.Count);
        var panelWidth = (Width - (Margin * (columns + 1))) / columns;
        var svg = new Svg(Width, Top + ((panels.Count + columns - 1) / columns * PanelHeight), title);
        for (var index = 0; index < panels.Count; index++)
        {
            Draw(svg, panels[index], xTitle, Margin + (index % columns * (panelWidth + Margin)), Top + (index / columns * PanelHeight), panelWidth);
        }

        return svg.ToString();
    }

    private static void Draw(Svg svg, LinePanel panel, string xTitle, double left, double top, double width)
    {
        var (start, end, bottom) = (left + AxisWidth, left + width - 16, top + PanelHeight - 66);
        double[] across = [.. panel.Series.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order()];
        var x = new LogScale(across, start + 16, end);
        var y = new LinearScale(panel.Series.Max(line => line.Whiskers.Max(whisker => whisker.Max)), bottom, top + 44);
        svg.Text(left, top + 4, $"{panel.Title} ({panel.Unit.Trim()})", "head start");
        Legend.Draw(svg, panel.Series, left, top + 22, width / Math.Max(2, panel.Series.Count));
        foreach (var tick in y.Ticks)
        {
            svg.Line(start, y.At(tick), end, y.At(tick), tick == 0 ? "axis" : "grid");
            svg.Text(start - 8, y.At(tick) + 4, Numbers.Tick(tick) + panel.Unit, "soft end");
        }

        foreach (var value in across)
        {
            svg.Text(x.At(value), bottom + 18, Numbers.Tick(value), "soft middle");
        }

        svg.Text((start + end) / 2, bottom + 40, xTitle, "soft middle");
        foreach (var line in panel.Series)
        {
            Draw(svg, line, x, y);
        }
    }

    private static void Draw(Svg svg, Series line, LogScale x, LinearScale y)
    {
        svg.Curve([.. line.Points.Select(point => (x.At(point.X), y.At(point.Y)))], line.Styles, line.Dashes);
        foreach (var (point, (min, max)) in line.Points.Zip(line.Whiskers))
        {
            svg.Line(x.At(point.X), y.At(min), x.At(point.X), y.At(max), "whisker");
            svg.Dot(x.At(point.X), y.At(point.Y), line.Styles);
        }
    }
}
