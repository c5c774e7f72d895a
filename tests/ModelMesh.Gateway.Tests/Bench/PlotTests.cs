using System.Xml.Linq;
using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Report.Plots;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class PlotTests
{
    [Theory]
    [InlineData(7, new double[] { 0, 2, 4, 6, 8 })]
    [InlineData(5, new double[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(0.21, new[] { 0, 0.05, 0.1, 0.15, 0.2, 0.25 })]
    [InlineData(41, new double[] { 0, 10, 20, 30, 40, 50 })]
    [InlineData(0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    public void LinearScale_GoesFromZeroInRoundStepsToWhatHoldsTheLargest(double most, double[] ticks) =>
        Assert.Equal(ticks, new LinearScale(most, 0, 100).Ticks.Select(tick => Math.Round(tick, 9)));

    [Fact]
    public void LinearScale_PutsAValueInItsProportion() => Assert.Equal(150, new LinearScale(8, 100, 200).At(4));

    [Fact]
    public void LogScale_GivesEachPowerOfTenTheSameRoom()
    {
        var scale = new LogScale([0.5, 900], 400, 0);
        Assert.Equal([400, 300, 0], new[] { 0.1, 1, 1000 }.Select(scale.At));
    }

    [Fact]
    public void LogScale_OfZero_IsItsLowerEnd() => Assert.Equal(400, new LogScale([0, 2], 400, 0).At(0));

    [Fact]
    public void LogScale_OfOneValue_HasADecade() => Assert.Equal([10, 20, 50, 100], new LogScale([10], 0, 1).Ticks);

    [Fact]
    public void PercentileScale_GivesEachNineTheSameRoom()
    {
        var scale = new PercentileScale(0, 400);
        Assert.Equal([0, 100, 200, 300, 400, 400], new[] { 0, 90, 99, 99.9, 99.99, 100 }.Select(percentile => Math.Round(scale.At(percentile), 6)));
    }

    [Fact]
    public void Curve_OfFewValues_EndsWhereTheyEnd() =>
        Assert.Equal([0, 90, 99], PercentileScale.Told([[0, 1], [90, 2], [99, 3], [99.9, 4], [100, 4]], 100).Select(point => point[0]));

    [Fact]
    public void Curve_OfSeveralRounds_IsThatOfTheMedianP99() =>
        Assert.Equal(5, CurveOfMedian.Of([Milliseconds(1, 9), Latency.None, Milliseconds(1, 2), Milliseconds(1, 5)]).P99);

    [Fact]
    public void Curve_OfTwoRounds_IsThatOfTheSlower() => Assert.Equal(9, CurveOfMedian.Of([Milliseconds(1, 9), Milliseconds(1, 2)]).P99);

    [Fact]
    public void Plots_OfAScenario_AreItsFiguresAndItsCurves()
    {
        var run = Run("s", "direct") with { FirstToken = Milliseconds(1, 2), Gap = Milliseconds(3, 4) };
        Assert.Equal(["s.svg", "s-first-token.svg", "s-gap.svg"], Plots(Figure.Gap, run).Select(plot => plot.File));
    }

    [Fact]
    public void Bars_OfAContenderWithoutValues_SayNotMeasured()
    {
        var plot = Plots(Figure.Gap, Run("s", "direct") with { Gap = Milliseconds(1, 2) }, Run("s", "mesh"))[0];
        Assert.Contains(XDocument.Parse(plot.Svg).Descendants(), text => text.Value == "not measured");
    }

    [Fact]
    public void Bars_OfCpu_LeaveOutThatDirectHasNoPrograms()
    {
        var plot = Plots(Figure.CpuPerToken, Run("s", "direct"), Run("s", "nginx") with { Processes = [Program("nginx")] })[0];
        Assert.DoesNotContain(XDocument.Parse(plot.Svg).Descendants(), text => text.Value == "direct");
    }

    [Fact]
    public void Plots_OfZerosAndOfFactorsOfAThousand_HaveOnlyNumbersForPlaces()
    {
        var plots = Plots(Figure.FirstToken, Run("s", "direct") with { FirstToken = Milliseconds(0, 0) }, Run("s", "mesh") with { FirstToken = Milliseconds(0.001, 1_000) });
        Assert.All(plots, plot =>
        {
            Assert.DoesNotContain("NaN", plot.Svg, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", plot.Svg, StringComparison.Ordinal);
            Assert.Equal("img", XDocument.Parse(plot.Svg).Root!.Attribute("role")!.Value);
        });
    }

    [Fact]
    public void Svg_WithMarkupInItsTitle_StaysAPicture()
    {
        var document = XDocument.Parse(new Svg(10, 10, "<a> & \"b\"\u0001").ToString());
        Assert.Equal("<a> & \"b\"", document.Root!.Elements().First().Value);
    }

    [Fact]
    public void Variants_MoreThanTwo_AreALineOverTheirNumber()
    {
        var runs = Enumerable.Range(0, 3).Select(power => Run("scale", "mesh") with { Variant = (int)Math.Pow(10, power), Total = Milliseconds(1, 2) });
        var plot = ScenarioPlots.Of(new ScenarioTable(Scenario("scale", Figure.Total), runs))[0];
        Assert.Contains(XDocument.Parse(plot.Svg).Descendants(), text => text.Value == "registered models (log scale)");
    }

    private static IReadOnlyList<Plot> Plots(Figure focus, params RunResult[] runs) => ScenarioPlots.Of(new ScenarioTable(Scenario("s", focus), runs));
}
