using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class ScenarioTableTests
{
    private static readonly RunResult[] Runs =
    [
        Run("s", "mesh") with { FirstToken = Milliseconds(3, 9), Gap = Milliseconds(1, 1), Processes = [Program("gateway", 4, 80), Program("store", 1, 20)] },
        Run("s", "nginx") with { FirstToken = Milliseconds(2, 4), Gap = Milliseconds(1, 1), Processes = [Program("nginx", 2, 10)] },
        Run("s", "direct") with { FirstToken = Milliseconds(1, 3), Gap = Milliseconds(1, 1), Processes = [Program("upstream")] },
    ];

    [Fact]
    public void Rows_AreInOneOrder_WithTheMeshTwice() =>
        Assert.Equal(["direct", "nginx", "mesh", "mesh without store"], Table().Rows.Select(row => row.Label));

    [Fact]
    public void Columns_BeginWithTheFocusInItsOrder() =>
        Assert.Equal(["resident", "gap p50", "gap p99", "gap max", "requests/s"], Table(Figure.Memory, Figure.Gap).Measures.Take(5).Select(measure => measure.Title));

    [Fact]
    public void Columns_WithoutAFigureInAnyRow_AreLeftOut() =>
        Assert.DoesNotContain(Table().Measures, measure => measure.Figure == Figure.Total);

    [Theory]
    [InlineData("mesh", "TTFT p50", 3.0, 3.0)]
    [InlineData("mesh", "CPU per token", 500.0, 2.5)]
    [InlineData("mesh without store", "CPU per token", 400.0, 2.0)]
    [InlineData("mesh without store", "resident", 80.0, null)]
    [InlineData("nginx", "CPU per token", 200.0, null)]
    [InlineData("direct", "CPU per token", null, null)]
    [InlineData("mesh", "added TTFT p99", 6.0, null)]
    [InlineData("direct", "added TTFT p99", null, null)]
    public void Cell_HasItsFigure_AndItsRatioToDirectOrOfCpuToNginx(string label, string title, double? figure, double? ratio)
    {
        var table = Table();
        var (row, measure) = (table.Rows.Single(row => row.Label == label), table.Measures.Single(measure => measure.Title == title));
        Assert.Equal(figure, table.Figure(row, measure)?.Median);
        Assert.Equal(ratio, table.Ratio(row, measure)?.Median);
    }

    [Fact]
    public void Variants_AreSetAgainstTheFirstOfTheSameView()
    {
        var table = new ScenarioTable(Scenario("scale"), [Scaled(10_000, 3), Scaled(1, 2)]);
        var cpu = table.Measures.Single(measure => measure.Title == "CPU per request");

        Assert.Equal(["mesh, 1 model", "mesh without store, 1 model", "mesh, 10,000 models", "mesh without store, 10,000 models"], table.Rows.Select(row => row.Label));
        Assert.Equal([null, null, 1.5, 1.5], table.Rows.Select(row => table.Ratio(row, cpu)?.Median));

        static RunResult Scaled(int models, double cpu) => Run("scale", "mesh") with { Variant = models, Processes = [Program("gateway", cpu)] };
    }

    [Fact]
    public void Cpu_MeteredWithoutRequests_HasItsColumn_AndThatOfRequestsIsBeyondIt()
    {
        var table = new ScenarioTable(Scenario("scale", Figure.CpuBeyondIdle), [Metered(1, used: 2, idle: 0.5), Metered(10_000, used: 6, idle: 4)]);
        var row = table.Rows.Single(row => row.Label == "mesh, 10,000 models");

        Assert.Equal(["CPU without requests", "CPU per request beyond that"], table.Measures.Select(measure => measure.Title).Where(title => title.StartsWith("CPU", StringComparison.Ordinal)));
        Assert.Equal([40, 2_000], table.Measures.Take(2).Select(measure => table.Figure(row, measure)!.Median));
        Assert.Equal([null, 2_000 / 1_500.0], table.Measures.Take(2).Select(measure => table.Ratio(row, measure)?.Median));
        Assert.Equal("40.0 %", table.Measures[0].Text(40));

        static RunResult Metered(int models, double used, double idle) =>
            Run("scale", "mesh") with { Variant = models, Processes = [Program("gateway", used)], WithoutRequests = new(10, [Program("gateway", idle)], Settled: true) };
    }

    [Fact]
    public void Cpu_SetAgainstLessThanFiftyTicks_HasNoRatioInThatRound()
    {
        RunResult Round(int round, string contender, double seconds) => Run("s", contender, round) with { Processes = [Program(contender, seconds)] };
        var table = new ScenarioTable(Scenario("s"), [Round(1, "nginx", 0.49), Round(1, "mesh", 4), Round(2, "nginx", 0.5), Round(2, "mesh", 1)]);
        var (row, cpu) = (table.Rows.Single(row => row.Label == "mesh"), table.Measures.Single(measure => measure.Title == "CPU per token"));

        Assert.Equal(new Spread(2, 2, 2, 1), table.Ratio(row, cpu));
        Assert.Equal(2, table.Figure(row, cpu)!.Rounds);
    }

    [Fact]
    public void WholeAnswers_ShowNoFirstToken()
    {
        var table = new ScenarioTable(Scenario("s"), [Run("s", "direct") with { FirstToken = Milliseconds(1, 2), Total = Milliseconds(1, 2) }]);
        Assert.DoesNotContain(table.Measures, measure => measure.Figure == Figure.FirstToken);
    }

    private static ScenarioTable Table(params Figure[] focus) => new(Scenario("s", focus), [.. Runs, Run("another", "portkey")]);
}
