using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>What is compared, where, and how to read the tables.</summary>
internal static class Introduction
{
    private const string Reading =
        """
        A figure is the median over rounds. A ratio or an added time is taken within a round, where all contenders ran in turn on the same machine, and is told as `1.31 (1.28–1.40)`: the
        median, then the lowest and the highest round. Times are set against `direct`, CPU against `nginx`; where one contender ran in several variants, against the first of them.
        TTFT is the time to the first token; times count from the moment a request should have been sent, so that one that had to wait for its turn is not forgotten. A gap lies between two
        tokens of one stream, as the client gets them. `mesh` is gateway, registry and store; `mesh without store` is the same runs, counting the CPU and memory of gateway and registry only.
        Absolute figures hold for this machine alone: load generator, upstream and contender share its processors. An added p99 is the difference of two p99s. Late is by how much a gap was longer than the
        upstream's. A curve is that of one round, the one with the median p99, of two in the middle the slower. Failed answers are left out of times, which then say how many failed. Clients that wait for their answer (`peak`) give rates only. Programs run through all scenarios, so memory holds what they kept of earlier ones.

        Portkey's gateway is one Node process, as its documentation starts it, and can use one processor; nginx has a worker for each. For a whole answer the mesh asks the upstream for a stream all the same, which costs the
        upstream more than the one piece that the others ask for; that is charged to nobody, but taken from all.

        """;

    public static string Of(Comparison comparison)
    {
        var machine = comparison.Machine;
        return $"""
            # What a request costs

            The mesh beside calling the model directly, and beside other programs that can stand in its place. Made by `bench/ModelMesh.Bench`.

            {Markdown.Table(["contender", "version", "how it is configured", "took part"], comparison.Contenders.Select(Contender), figures: false)}
            {Markdown.Table(["", ""], Facts(comparison, machine), figures: false)}
            To repeat it:

            {Markdown.Code($"dotnet run -c Release --project bench/ModelMesh.Bench -- {comparison.Command}")}
            {Reading}

            """.ReplaceLineEndings("\n");
    }

    private static IReadOnlyList<string> Contender(ContenderFacts facts) =>
    [
        Markdown.Escape(facts.Name),
        Markdown.Escape(facts.Title),
        Markdown.Escape(facts.What),
        facts.Missing is null ? "yes" : $"no: {Markdown.Escape(facts.Missing)}",
    ];

    private static IReadOnlyList<string>[] Facts(Comparison comparison, MachineFacts machine) =>
    [
        ["date", $"{comparison.Date:yyyy-MM-dd}"],
        ["build", comparison.Build == Comparison.ReleaseBuild ? comparison.Build : $"**{Markdown.Escape(comparison.Build)}: a trial, whose figures mislead**"],
        ["warm-up", comparison.WarmUpSeconds == 0 ? "**none**: the first round pays for what is compiled in it" : $"{comparison.WarmUpSeconds} s for each contender before the first round, alike: whole answers and streams, fast and slow, all at once"],
        ["rounds", $"{comparison.Rounds}"],
        ["processor", $"{Markdown.Escape(machine.Processor)}, {machine.Processors} of its logical processors, shared by all programs"],
        ["memory", $"{Numbers.Figure(machine.MemoryGiB)} GiB"],
        ["system", Markdown.Escape(machine.System)],
        ["runtime", Markdown.Escape(machine.Runtime)],
    ];
}
