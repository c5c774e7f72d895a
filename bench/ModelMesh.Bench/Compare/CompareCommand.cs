using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.Bench.Compare.Scenarios;
using ModelMesh.Testing;

namespace ModelMesh.Bench.Compare;

/// <summary>Runs scenarios through contenders, in turn, and writes the report of it.</summary>
/// <param name="Command">The arguments that ask for it, for the report to show.</param>
internal sealed record CompareCommand(IReadOnlyList<IScenario> Scenarios, IReadOnlyList<IContender> Contenders, int Rounds, TimeSpan Time, WarmUp WarmUp, OutputFolders Folders, string Command)
{
    private static readonly (int Rounds, int Seconds, int WarmUp) Usual = (3, 6, 30);

    /// <exception cref="FormatException">An argument is wrong, or this is a Debug build and nothing says that any will do.</exception>
    public static CompareCommand Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new Arguments("compare", arguments, "--scenarios", "--contenders", "--rounds", "--seconds", "--warm-up", "--build", "--out");
        IReadOnlyList<IContender> all = [new Direct(), new Nginx(), new Portkey(), new Mesh()];
        var scenarios = parsed.Some("--scenarios", AllScenarios.List, scenario => scenario.Facts.Name);
        var contenders = parsed.Some("--contenders", all, contender => contender.Name);
        var (rounds, seconds, warmUp) = (parsed.Number("--rounds", Usual.Rounds, 1, 99), parsed.Number("--seconds", Usual.Seconds, 1, 600), parsed.Number("--warm-up", Usual.WarmUp, 0, 600));
        var isRelease = BuildKind.Name == Comparison.ReleaseBuild;
        var isFull = isRelease && scenarios.Count == AllScenarios.List.Count && contenders.Count == all.Count && rounds >= Usual.Rounds && seconds >= Usual.Seconds && warmUp >= Usual.WarmUp;
        var named = parsed.Text("--out", "");
        return parsed.Choice("--build", "release", "any") == "any" || isRelease
            ? new CompareCommand(
                scenarios,
                contenders,
                rounds,
                TimeSpan.FromSeconds(seconds),
                new WarmUp(TimeSpan.FromSeconds(warmUp)),
                OutputFolders.Of(named.Length == 0 ? null : named, isFull, ReportCommand.DefaultFolder, Path.Combine(Repository.Root, "artifacts", "bench", "report")),
                string.Join(' ', ["compare", .. arguments]))
            : throw new FormatException($"compare is a {BuildKind.Name} build, whose figures mislead. Start it with dotnet run -c Release, or say --build any for a trial.");
    }

    /// <returns>The exit code: 0 when no contender's turn was broken off.</returns>
    /// <exception cref="FormatException">The report cannot be written; nothing was measured.</exception>
    /// <exception cref="ContenderFault">The bench's own upstream does not run. What was measured is in the report.</exception>
    public async Task<int> RunAsync(TextWriter output)
    {
        Folders.Try();
        await using var bed = await TestBed.StartAsync();
        var (facts, present, log) = (new List<ContenderFacts>(), new List<IContender>(), new TurnLog(bed.RestoreUpstreamAsync));
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
                    await RoundsAsync(scenario, new Contest(bed, present, Time), log, output);
                }
                finally
                {
                    // After each, so that a run that is broken off has told what it had found.
                    await output.WriteLineAsync(ConsoleReport.Text(scenario.Facts, log.Runs));
                    Write(Found(facts, log), Folders.Running);
                }
            }

            if (Folders.Final is not null)
            {
                Write(Found(facts, log), Folders.Final);
            }
        }
        finally
        {
            foreach (var contender in Contenders)
            {
                await contender.DisposeAsync();
            }
        }

        await output.WriteLineAsync($"The report is {Path.Combine(Folders.Last, ReportWriter.FileName)}");
        return log.Broken.Count == 0 ? 0 : 1;
    }

    private static async Task<ContenderFacts> StartAsync(IContender contender, TestBed bed, List<IContender> present)
    {
        try
        {
            var facts = await contender.StartAsync(bed);
            present.Add(contender);
            return facts;
        }
        catch (Exception fault)
        {
            return new ContenderFacts(contender.Name, contender.Name, "", Fault.Told(fault));
        }
    }

    private static void Write(Comparison comparison, string folder)
    {
        ReportWriter.Write(comparison, folder);
        ComparisonJson.Save(comparison, ReportCommand.FileIn(folder));
    }

    private async Task RoundsAsync(IScenario scenario, Contest contest, TurnLog log, TextWriter output)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var contender in contest.InTurn(round))
            {
                var told = log.Broken.Count;
                await log.TakeAsync(scenario.Facts.Name, contender.Name, round, scenario.RunAsync(contest, contender, round));
                foreach (var broken in log.Broken.Skip(told))
                {
                    await output.WriteLineAsync($"{broken.Scenario}, round {broken.Round}: {broken.Contender} was broken off: {broken.Why}");
                }
            }
        }
    }

    private async Task WarmUpAsync(List<IContender> present, TextWriter output)
    {
        foreach (var contender in WarmUp.Time == TimeSpan.Zero ? [] : present)
        {
            try
            {
                var record = await WarmUp.RunAsync(contender);
                await output.WriteLineAsync($"{contender.Name} is warm: {record.Complete} of {record.Requests} answers were complete in {WarmUp.Time.TotalSeconds} s");
            }
            catch (Exception fault)
            {
                // What keeps it from its turns will be told of each of them.
                await output.WriteLineAsync($"{contender.Name} is not warm: {Fault.Told(fault)}");
            }
        }

        await output.WriteLineAsync();
    }

    private Comparison Found(IReadOnlyList<ContenderFacts> contenders, TurnLog log) => new(
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
        Command,
        Rounds,
        (int)WarmUp.Time.TotalSeconds,
        BuildKind.Name,
        Machine.Describe(),
        contenders,
        [.. Scenarios.Select(scenario => scenario.Facts).Where(facts => log.Runs.Any(run => run.Scenario == facts.Name) || log.Broken.Any(broken => broken.Scenario == facts.Name))],
        log.Runs) { Broken = log.Broken };
}
