using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>Every scenario there is, in the order in which they run.</summary>
internal static class AllScenarios
{
    /// <summary>A whole answer of the usual length.</summary>
    public static TokenPlan WholeAnswer { get; } = new(100);

    /// <summary>A stream as a person reads it.</summary>
    public static TokenPlan PacedStream { get; } = new(21, FirstMs: 100, GapMs: 20);

    public static IReadOnlyList<IScenario> List { get; } =
    [
        new LoadScenario(
            new("whole-200", "Whole answers at 200 requests/s", "Answers of 100 tokens in one piece, 200 requests a second, whatever becomes of the earlier ones.", [Figure.Total, Figure.CpuPerRequest]),
            time => new() { Plan = WholeAnswer, Stream = false, Arrivals = new Arrivals.Rate(200, time) }),
        new LoadScenario(
            new("whole-1000", "Whole answers at 1,000 requests/s", "The same at 1,000 requests a second.", [Figure.Total, Figure.CpuPerRequest]),
            time => new() { Plan = WholeAnswer, Stream = false, Arrivals = new Arrivals.Rate(1_000, time) }),
        new LoadScenario(
            new("peak", "As many requests as go", "64 clients, each asking for the next whole answer of 20 tokens as soon as it has the last.", [Figure.RequestsPerSecond, Figure.CpuPerRequest]),
            time => new() { Plan = new(20), Stream = false, Arrivals = new Arrivals.Clients(64, time) }),
        new LoadScenario(
            new("first-token", "Time to first token", "Streams begun 100 a second, each with its first token after 100 ms and 20 more every 20 ms: 50 at once. Looked at is what is added to the time to first token.", [Figure.FirstToken, Figure.Gap, Figure.CpuPerRequest]),
            time => new() { Plan = PacedStream, Arrivals = new Arrivals.Rate(100, time) }),
        new IdleScenario(),
        new LoadScenario(
            new("open-5000", "5,000 open streams", "5,000 streams of 15 tokens, one a second each: 5,000 tokens/s. Looked at is what it takes to hold so many.", [Figure.Memory, Figure.Gap, Figure.FirstToken, Figure.CpuPerToken]),
            _ => new() { Plan = new(15, GapMs: 1_000), Arrivals = new Arrivals.Once(5_000, TimeSpan.FromSeconds(10)) }),
        new LoadScenario(
            new("one-stream", "One stream, as fast as it goes", "One stream of 100,000 tokens without a pause between them.", [Figure.TokensPerSecond, Figure.CpuPerToken]),
            _ => new() { Plan = new(100_000), Arrivals = new Arrivals.Once(1, TimeSpan.Zero) }),
        new LoadScenario(
            new("streams-500", "500 streams, 20 ms between tokens", "500 streams of 400 tokens, one token every 20 ms each: 25,000 tokens/s.", [Figure.CpuPerToken, Figure.Gap, Figure.FirstToken]),
            _ => new() { Plan = new(400, GapMs: 20), Arrivals = new Arrivals.Once(500, TimeSpan.FromSeconds(2)) }),
        new LoadScenario(
            new("streams-5000", "5,000 streams, 20 ms between tokens", "5,000 streams of 250 tokens, one token every 20 ms each: 250,000 tokens/s, which is more than client, upstream and this machine can do even without anything between them. Looked at is how that is borne.", [Figure.TokensPerSecond, Figure.Gap, Figure.Memory, Figure.CpuPerToken]),
            _ => new() { Plan = new(250, GapMs: 20), Arrivals = new Arrivals.Once(5_000, TimeSpan.FromSeconds(5)) }),
        new LoadScenario(
            new("prompts", "Prompts of 32 KB", "Streams of 20 tokens for prompts of 32 KB, 100 a second.", [Figure.FirstToken, Figure.CpuPerRequest]),
            time => new() { Plan = new(20), PromptBytes = 32 * 1024, Arrivals = new Arrivals.Rate(100, time) }),
        new LoadScenario(
            new("churn", "Clients that come and go", "200 clients a second, each on a new connection, which go after the first token of a stream of 2,000, 40 s long. Complete is one that got its first token and of which 5 s later nothing is left, neither at the upstream nor as a slot of the mesh.", [Figure.FirstToken, Figure.CpuPerRequest, Figure.Memory]),
            time => new() { Plan = new(2_000, GapMs: 20), Behaviour = ClientBehaviour.Leaves, Arrivals = new Arrivals.Rate(200, time) }),
        new HotUpdateScenario(),
        new ScaleScenario(),
    ];
}
