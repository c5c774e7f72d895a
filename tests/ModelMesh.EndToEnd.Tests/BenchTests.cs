using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

public sealed class BenchTests
{
    [Fact]
    public async Task Compare_DirectAndTheMesh_WritesAReportInWhichEveryAnswerIsComplete()
    {
        var folder = Directory.CreateTempSubdirectory("modelmesh-bench-test-");
        try
        {
            var (exitCode, output) = await ScriptRun.ProgramAsync("ModelMesh.Bench", "compare", "--contenders", "direct,mesh", "--scenarios", "whole-200,hot-update", "--rounds", "1", "--seconds", "1", "--warm-up", "1", "--build", "any", "--out", folder.FullName);

            Assert.True(exitCode == 0, output);
            Assert.Contains("mesh is warm", output, StringComparison.Ordinal);
            var report = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "RESULTS.md"));
            Assert.Contains("whole-200: store calls per request", report, StringComparison.Ordinal);
            Assert.Contains("| warm-up | 1 s for each contender", report, StringComparison.Ordinal);
            var runs = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "results", "comparison.json")))!["runs"]!.AsArray();
            Assert.Equal(["direct", "mesh", "mesh", "mesh"], runs.Select(run => (string?)run!["contender"]));
            Assert.All(runs, run => Assert.Equal((int?)run!["requests"], (int?)run["complete"]));
            Assert.All(runs.Where(run => (string?)run!["contender"] == "mesh"), run => Assert.True((double?)run!["store_calls"] > 0, output));
            Assert.All(runs.Where(run => (string?)run!["scenario"] == "hot-update"), run => Assert.Equal((int?)run!["variant"] == 1, (int?)run["updates"] >= 1));
            Assert.True(File.Exists(Path.Combine(folder.FullName, "results", "whole-200.svg")), output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("compare --scenarios whole-20", "--scenarios has 'whole-20', which is none of")]
    [InlineData("compare --rounds 0", "--rounds must be a whole number from 1 to 99, not '0'.")]
    [InlineData("compare --warm-up 601", "--warm-up must be a whole number from 0 to 600, not '601'.")]
#if DEBUG
    [InlineData("compare --contenders direct", "compare is a Debug build, whose figures mislead.")]
#endif
    [InlineData("load --http 3", "--http must be 1.1 or 2, not '3'.")]
    [InlineData("report --in nowhere.json", "nowhere.json cannot be read")]
    public async Task Arguments_ThatAreWrong_AreNamedWithTheFault(string arguments, string fault)
    {
        var (exitCode, output) = await ScriptRun.ProgramAsync("ModelMesh.Bench", arguments.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Contains(fault, output, StringComparison.Ordinal);
    }
}
