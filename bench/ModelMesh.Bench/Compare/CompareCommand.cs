using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.Bench.Compare.Scenarios;
using ModelMesh.Testing;

namespace ModelMesh.Bench.Compare;

/// <summary>Runs scenarios through contenders, in turn, and tells what came of it.</summary>
/// <param name="Folder">Where the report goes.</param>
internal sealed record CompareCommand(IReadOnlyList<IScenario> Scenarios, IReadOnlyList<IContender> Contenders, int Rounds, TimeSpan Time, string Folder, string Command)
{
    // Long enough for the services' code to be compiled as it is after a while.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <exception cref="FormatException">An argument is wrong.</exception>
    public static CompareCommand Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new Arguments("compare", arguments, "--scenarios", "--contenders", "--rounds", "--seconds", "--out");
        return new CompareCommand(
            parsed.Some("--scenarios", AllScenarios.List, scenario => scenario.Facts.Name),
            parsed.Some<IContender>("--contenders", [new Direct(), new Nginx(), new Portkey(), new Mesh()], contender => contender.Name),
            parsed.Number("--rounds", 3, 1, 99),
            TimeSpan.FromSeconds(parsed.Number("--seconds", 6, 1, 600)),
            parsed.Text("--out", Path.Combine(Repository.Root, "bench")),
            string.Join(' ', arguments));
    }

    public async Task RunAsync(TextWriter output)
    {
        await using var bed = await TestBed.StartAsync();
        var facts = new List<ContenderFacts>();
        var present = new List<IContender>();
        try
        {
            foreach (var contender in Contenders)
            {
                facts.Add(await StartAsync(contender, bed, present));
                await output.WriteLineAsync($"{facts[^1].Title}: {facts[^1].Missing ?? "ready"}");
            }

            var contest = new Contest(bed, present, Time);
            var runs = new List<RunResult>();
            await WarmUpAsync(present, Time * 2 < WarmUp ? Time * 2 : WarmUp);
            foreach (var scenario in Scenarios)
            {
                await output.WriteLineAsync($"\n{scenario.Facts.Title}");
                for (var round = 1; round <= Rounds; round++)
                {
                    await foreach (var run in scenario.RunAsync(contest, round))
                    {
                        runs.Add(run);
                        await output.WriteLineAsync(Line(run));
                    }
                }
            }
        }
        finally
        {
            foreach (var contender in Contenders)
            {
                await contender.DisposeAsync();
            }
        }
    }

    private static string Line(RunResult run) =>
        $"{run.Round} {run.Contender,-8}{(run.Variant == 0 ? "" : $"/{run.Variant}"),-6} {run.RequestsPerSecond,8:0} req/s {run.TokensPerSecond,9:0} tok/s ttft {run.FirstToken.P50,8:0.00} {run.FirstToken.P99,8:0.00} gap {run.Gap.P50,6:0.0} {run.Gap.P99,7:0.0} {run.Gap.Max,7:0} total {run.Total.P50,8:0.00} {run.Total.P99,8:0.00} cpu {run.CpuMicrosecondsPerToken,6:0.0} us/tok {run.CpuMicrosecondsPerRequest,7:0} us/req {run.ResidentMiB,5:0} MiB {run.Complete}/{run.Requests} {string.Join(", ", run.Errors.Select(error => $"{error.Value} {error.Key}"))} [{string.Join(' ', run.Processes.Select(process => $"{process.Name} {process.CpuSeconds / run.Seconds:0.00}"))}] store {run.StoreCalls} {run.StoreSeconds:0.00}s";

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

    private static async Task WarmUpAsync(IEnumerable<IContender> contenders, TimeSpan time)
    {
        foreach (var contender in contenders)
        {
            foreach (var stream in (bool[])[true, false])
            {
                await Contest.WarmUpAsync(contender, new Workload { Plan = new TokenPlan(50), Stream = stream, Arrivals = new Arrivals.Clients(16, time) });
            }
        }
    }
}
