using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.Bench.Compare.Scenarios;

namespace ModelMesh.Bench.Compare;

/// <summary>Runs scenarios through contenders, in turn, and writes the report of it.</summary>
/// <param name="Folder">Where the report goes.</param>
/// <param name="Command">The arguments that ask for it, for the report to show.</param>
internal sealed record CompareCommand(IReadOnlyList<IScenario> Scenarios, IReadOnlyList<IContender> Contenders, int Rounds, TimeSpan Time, WarmUp WarmUp, string Folder, string Command)
{
    /// <exception cref="FormatException">An argument is wrong, or this is a Debug build and nothing says that any will do.</exception>
    public static CompareCommand Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new Arguments("compare", arguments, "--scenarios", "--contenders", "--rounds", "--seconds", "--warm-up", "--build", "--out");
        var command = new CompareCommand(
            parsed.Some("--scenarios", AllScenarios.List, scenario => scenario.Facts.Name),
            parsed.Some<IContender>("--contenders", [new Direct(), new Nginx(), new Portkey(), new Mesh()], contender => contender.Name),
            parsed.Number("--rounds", 3, 1, 99),
            TimeSpan.FromSeconds(parsed.Number("--seconds", 6, 1, 600)),
            new WarmUp(TimeSpan.FromSeconds(parsed.Number("--warm-up", 30, 0, 600))),
            parsed.Text("--out", ReportCommand.DefaultFolder),
            string.Join(' ', ["compare", .. arguments]));
        return parsed.Choice("--build", "release", "any") == "any" || BuildKind.Name == Comparison.ReleaseBuild
            ? command
            : throw new FormatException($"compare is a {BuildKind.Name} build, whose figures mislead. Start it with dotnet run -c Release, or say --build any for a trial.");
    }

    public async Task RunAsync(TextWriter output)
    {
        await using var bed = await TestBed.StartAsync();
        var (facts, present, runs) = (new List<ContenderFacts>(), new List<IContender>(), new List<RunResult>());
        try
        {
            foreach (var contender in Contenders)
            {
                facts.Add(await StartAsync(contender, bed, present));
                await output.WriteLineAsync($"{facts[^1].Title}: {facts[^1].Missing ?? "ready"}");
            }

            await output.WriteLineAsync();
            await WarmUpAsync(present, output);
            foreach (var scenario in Scenarios)
            {
                try
                {
                    await foreach (var run in RoundsAsync(scenario, new Contest(bed, present, Time)))
                    {
                        runs.Add(run);
                    }
                }
                catch (ContenderFault fault)
                {
                    // What was measured counts, and so do the other scenarios.
                    await output.WriteLineAsync($"{scenario.Facts.Name} was broken off: {fault.Message}");
                }

                await output.WriteLineAsync(ConsoleReport.Text(scenario.Facts, runs));

                // After each, so that a run that is broken off has told what it had found.
                Write(new Comparison(
                    DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), Command, Rounds, (int)WarmUp.Time.TotalSeconds, BuildKind.Name, Machine.Describe(), facts, ScenariosOf(runs), runs));
            }
        }
        finally
        {
            foreach (var contender in Contenders)
            {
                await contender.DisposeAsync();
            }
        }

        await output.WriteLineAsync($"The report is {Path.Combine(Folder, "RESULTS.md")}");
    }

    private static async Task<ContenderFacts> StartAsync(IContender contender, TestBed bed, List<IContender> present)
    {
        try
        {
            var facts = await contender.StartAsync(bed);
            present.Add(contender);
            return facts;
        }
        catch (ContenderFault fault)
        {
            return new ContenderFacts(contender.Name, contender.Name, "", fault.Message);
        }
    }

    private async IAsyncEnumerable<RunResult> RoundsAsync(IScenario scenario, Contest contest)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await foreach (var run in scenario.RunAsync(contest, round))
            {
                yield return run;
            }
        }
    }

    private async Task WarmUpAsync(List<IContender> present, TextWriter output)
    {
        foreach (var contender in WarmUp.Time == TimeSpan.Zero ? [] : present)
        {
            var record = await WarmUp.RunAsync(contender);
            await output.WriteLineAsync($"{contender.Name} is warm: {record.Complete} of {record.Requests} answers were complete in {WarmUp.Time.TotalSeconds} s");
        }

        await output.WriteLineAsync();
    }

    private IReadOnlyList<ScenarioFacts> ScenariosOf(List<RunResult> runs) =>
        [.. Scenarios.Select(scenario => scenario.Facts).Where(facts => runs.Any(run => run.Scenario == facts.Name))];

    private void Write(Comparison comparison)
    {
        ReportWriter.Write(comparison, Folder);
        ComparisonJson.Save(comparison, ReportCommand.FileIn(Folder));
    }
}
