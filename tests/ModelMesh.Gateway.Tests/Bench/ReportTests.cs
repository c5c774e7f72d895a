using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class ReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Report_ShowsEveryPlotThatItWrote()
    {
        var comparison = Of(Run("peak", "direct") with { Total = Milliseconds(1, 2) }, Run("peak", "mesh") with { Total = Milliseconds(2, 4) });
        ReportWriter.Write(comparison with { Scenarios = [Scenario("peak", Figure.Total)] }, _folder);
        var text = File.ReadAllText(Path.Combine(_folder, "RESULTS.md"));
        var plots = Directory.GetFiles(Path.Combine(_folder, "results"));

        Assert.NotEmpty(plots);
        Assert.All(plots, plot => Assert.Contains($"(results/{Path.GetFileName(plot)})", text, StringComparison.Ordinal));
        Assert.Contains("2.00 ms<br>2.00 × direct (one round)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfLess_LeavesNoPlotOfTheEarlierOne_AndWhatOthersPutThere()
    {
        Comparison OneOf(string scenario) => Of(Run(scenario, "mesh") with { Total = Milliseconds(2, 4) }) with { Scenarios = [Scenario(scenario, Figure.Total)] };
        var foreign = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "results")).FullName, "foreign.svg");
        File.WriteAllText(foreign, "<svg/>");
        ReportWriter.Write(OneOf("churn"), _folder);
        ReportWriter.Write(OneOf("peak"), _folder);

        Assert.Equal(["foreign.svg", "peak.svg"], Directory.GetFiles(Path.Combine(_folder, "results")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folder_ThatCanBeWritten_IsMade_AndLeftEmpty()
    {
        var folder = Path.Combine(_folder, "new");
        ReportFolder.Try(folder);

        Assert.Equal([Path.Combine(folder, "results")], Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Folder_BelowAFile_IsRefusedByItsName()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Contains(file, Assert.Throws<FormatException>(() => ReportFolder.Try(Path.Combine(file, "below"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_TellsFailuresByKindAndWhyAContenderIsMissing()
    {
        var comparison = Of(Run("peak", "mesh") with { Complete = 990, Errors = Kind("cut | short", 10) });
        ReportWriter.Write(comparison with { Contenders = [new("portkey", "portkey", "", "no npm")] }, _folder);
        var text = File.ReadAllText(Path.Combine(_folder, "RESULTS.md"));

        Assert.Contains(@"10: 10 × cut \| short | 990 of 1,000 |", text, StringComparison.Ordinal);
        Assert.Contains("no: no npm", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_OfARowWithFailedAnswers_SayHowMany_AndOthersDoNot()
    {
        RunResult Slow(string contender) => Run("s", contender) with { Total = Milliseconds(1, 2), Processes = [Program(contender)] };
        var text = ScenarioSection.Of(new ScenarioTable(Scenario("s", Figure.Total, Figure.CpuPerRequest), [Slow("direct"), Slow("nginx") with { Errors = Kind("cut", 10) }]), 1, [], []);

        var cells = text.Split('\n').First(line => line.StartsWith("| nginx |", StringComparison.Ordinal)).Split(" | ");
        Assert.Equal("1.00 ms<br>1.00 × direct (one round)<br>**10 of 1,000 failed**", cells[1]);
        Assert.Equal(4, cells.Count(cell => cell.EndsWith("**10 of 1,000 failed**", StringComparison.Ordinal)));
        Assert.DoesNotContain("failed**", text.Split('\n').First(line => line.StartsWith("| direct |", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Turn_ThatWasBrokenOff_IsToldInItsScenarioOnly()
    {
        var broken = new BrokenTurn("s", "portkey", 2, "it ended");
        string Section(string scenario) => ScenarioSection.Of(new ScenarioTable(Scenario(scenario), []), 3, [], [broken]);

        Assert.Contains("**Broken off** in round 2: portkey: it ended", Section("s"), StringComparison.Ordinal);
        Assert.DoesNotContain("Broken off", Section("other"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Release", 30, "| build | Release |", "| warm-up | 30 s for each contender before the first round")]
    [InlineData("Debug", 0, "| build | **Debug: a trial, whose figures mislead** |", "| warm-up | **none**")]
    public void Head_TellsTheBuildAndTheWarmUp(string build, int seconds, string builtAs, string warmedUp)
    {
        var head = Introduction.Of(Of() with { Build = build, WarmUpSeconds = seconds });
        Assert.Contains(builtAs, head, StringComparison.Ordinal);
        Assert.Contains(warmedUp, head, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_TellCpuPerRequest_AndStoreCallsWithTheirTime()
    {
        var run = Run("s", "mesh") with { Processes = [Program("gateway", 2, 80), Program("store")], StoreCalls = 2_000, StoreSeconds = 0.1 };
        var text = ProgramTable.Of(new ScenarioTable(Scenario("s"), [run]));
        Assert.Contains("2,000 µs per request<br>20.0 % of a core<br>80.0 MiB", text, StringComparison.Ordinal);
        Assert.Contains("2.00 per request (one round) | 50.0 µs (one round) |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Console_WithManyColumns_FitsItsWidth()
    {
        RunResult Long(string contender) => Run("a", contender) with { FirstToken = Milliseconds(1, 1_000), Gap = Milliseconds(1, 1_000), Total = Milliseconds(2, 9_000), Errors = Kind("cut", 3) };
        var lines = ConsoleReport.Text(Scenario("a"), [Long("direct"), Long("mesh")]).Split('\n');

        Assert.Contains("1000/1000", lines[2], StringComparison.Ordinal);
        Assert.Contains("mesh failed: 3 × cut", lines, StringComparer.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, ConsoleReport.Width));
        Assert.InRange(lines[2].Length, ConsoleReport.Width / 2, ConsoleReport.Width);
    }
}
