using System.Text.Json.Nodes;
using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class ComparisonJsonTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Comparison_SavedAndLoaded_IsTheSame()
    {
        var run = Run("s", "mesh") with
        {
            Variant = 3,
            FirstToken = Milliseconds(0.1, 1.0 / 3),
            Errors = Kind("status 503", 7),
            Processes = [Program("gateway", 1.25, 99.5)],
            StoreCalls = 12,
            StoreSeconds = 0.5,
            Late = Milliseconds(0.2, 4),
            Updates = 5,
            WithoutRequests = new(3.25, [Program("gateway", 0.75, 98), Program("upstream", 0.01, 50)], Settled: true),
        };
        var comparison = Of(run) with { Scenarios = [Scenario("s", Figure.CpuPerToken, Figure.FirstToken)], Broken = [new("s", "mesh", 2, "it ended")] };
        ComparisonJson.Save(comparison, _path);
        var loaded = ComparisonJson.Load(_path);

        Assert.Equivalent(comparison, loaded, strict: true);
        Assert.Equal(run.FirstToken.Curve, loaded.Runs[0].FirstToken.Curve);
    }

    [Fact]
    public void OlderFile_WithoutTheMeteringWithoutRequests_IsLoaded_AndToldAsItWas()
    {
        var older = Of(Run("scale", "mesh") with { Variant = 1 }, Run("scale", "mesh") with { Variant = 10_000, Processes = [Program("gateway", 2)] });
        ComparisonJson.Save(older with { Scenarios = [Scenario("scale", Figure.CpuPerRequest)] }, _path);
        var json = JsonNode.Parse(File.ReadAllText(_path))!;
        Assert.All(json["runs"]!.AsArray(), run => Assert.True(run!.AsObject().Remove("without_requests")));
        File.WriteAllText(_path, json.ToJsonString());

        var loaded = ComparisonJson.Load(_path);
        Assert.All(loaded.Runs, run => Assert.Null(run.WithoutRequests));
        Assert.Equal("CPU per request", new ScenarioTable(loaded.Scenarios[0], loaded.Runs).Measures[0].Title);
    }

    [Fact]
    public void Comparison_Saved_IsSnakeCaseWithEachCurveOnOneLine()
    {
        ComparisonJson.Save(Of(Run("s", "mesh") with { FirstToken = Milliseconds(1, 2) }) with { Scenarios = [Scenario("s", Figure.CpuPerToken)] }, _path);
        var text = File.ReadAllText(_path);

        Assert.Contains("\"curve\": [[0,0.5],[50,1],", text, StringComparison.Ordinal);
        Assert.Contains("\"cpu_per_token\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("requests_per_second", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "holds no comparison")]
    [InlineData("null", "holds no comparison")]
    [InlineData("""{"date":"2026-11-21"}""", "command")]
    public void File_ThatHoldsNoComparison_IsRefusedWithWhatIsWrong(string text, string part)
    {
        File.WriteAllText(_path, text);
        var message = Assert.Throws<FormatException>(() => ComparisonJson.Load(_path)).Message;
        Assert.Contains(_path, message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatIsNotThere_IsRefused() => Assert.Throws<FormatException>(() => ComparisonJson.Load(_path));

    [Fact]
    public void Folder_InPlaceOfAFile_IsRefused() =>
        Assert.Contains("cannot be read", Assert.Throws<FormatException>(() => ComparisonJson.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);

    [Fact]
    public void File_WithARunOfAScenarioThatItDoesNotDescribe_IsRefused()
    {
        ComparisonJson.Save(Of(Run("s", "mesh")) with { Scenarios = [] }, _path);
        Assert.Contains("'s'", Assert.Throws<FormatException>(() => ComparisonJson.Load(_path)).Message, StringComparison.Ordinal);
    }
}
