using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.Bench.Compare.Scenarios;

namespace ModelMesh.Bench.Compare;

/// <summary>Runs scenarios through contenders, in turn, and writes the report of it.</summary>
/// <param name="Folder">Where the report goes.</param>
/// <param name="Command">The arguments that ask for it, for the report to show.</param>
internal sealed record CompareCommand(IReadOnlyList<IScenario> Scenarios, IReadOnlyList<IContender> Contenders, int Rounds, TimeSpan Time, string Folder, string Command)
{
    // A .NET service has compiled its busiest code for good after some tens of thousands of calls.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    /// <exception cref="FormatException">An argument is wrong.</exception>
    public static CompareCommand Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new Arguments("compare", arguments, "--scenarios", "--contenders", "--rounds", "--seconds", "--out");
        return new CompareCommand(
            parsed.Some("--scenarios", AllScenarios.List, scenario => scenario.Facts.Name),
            parsed.Some<IContender>("--contenders", [new Direct(), new Nginx(), new Portkey(), new Mesh()], contender => contender.Name),
            parsed.Number("--rounds", 3, 1, 99),
            TimeSpan.FromSeconds(parsed.Number("--seconds", 6, 1, 600)),
            parsed.Text("--out", ReportCommand.DefaultFolder),
            string.Join(' ', ["compare", .. arguments]));
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
            await WarmUpAsync(present);
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
                Write(new Comparison(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), Command, Rounds, Machine.Describe(), facts, ScenariosOf(runs), runs));
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

    private async Task WarmUpAsync(IEnumerable<IContender> contenders)
    {
        // A short comparison is a trial, whose figures nobody keeps.
        var time = Time < TimeSpan.FromSeconds(3) ? Time * 3 : WarmUp;
        foreach (var contender in contenders)
        {
            foreach (var stream in (bool[])[true, false])
            {
                await Contest.WarmUpAsync(contender, new Workload { Plan = new TokenPlan(50), Stream = stream, Arrivals = new Arrivals.Clients(16, time) });
            }
        }
    }

    private IReadOnlyList<ScenarioFacts> ScenariosOf(List<RunResult> runs) =>
        [.. Scenarios.Select(scenario => scenario.Facts).Where(facts => runs.Any(run => run.Scenario == facts.Name))];

    private void Write(Comparison comparison)
    {
        ReportWriter.Write(comparison, Folder);
        ComparisonJson.Save(comparison, ReportCommand.FileIn(Folder));
    }
}
