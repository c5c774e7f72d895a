using System.Text.Json.Serialization;

namespace ModelMesh.Bench.Compare.Results;

/// <summary>One run: a scenario through one contender, once.</summary>
internal sealed record RunResult
{
    /// <summary>The scenario's <see cref="ScenarioFacts.Name"/>.</summary>
    public required string Scenario { get; init; }

    /// <summary>The contender's <see cref="ContenderFacts.Name"/>.</summary>
    public required string Contender { get; init; }

    /// <summary>From 1. Contenders run in turn within a round, so ratios are taken within a round.</summary>
    public required int Round { get; init; }

    /// <summary>What differs between runs of one scenario and contender, as the number of registered models; 0 where nothing does.</summary>
    public int Variant { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Requests that were begun.</summary>
    public required long Requests { get; init; }

    /// <summary>Answers that were complete and in order, as far as they were wanted.</summary>
    public required long Complete { get; init; }

    /// <summary>What went wrong, by kind, as <c>status 503</c>, <c>cut</c>, <c>out of order</c>, <c>SocketException</c>; empty when nothing did.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Tokens that arrived, also those of answers that were not complete.</summary>
    public required long Tokens { get; init; }

    /// <summary>From the moment a request should have been sent to its first token; of a whole answer, to its end.</summary>
    public required Latency FirstToken { get; init; }

    /// <summary>Between tokens of one stream as the client gets them.</summary>
    public required Latency Gap { get; init; }

    /// <summary>By how much gaps were longer than those of the plan; one that was shorter counts 0. None where the plan has no gaps.</summary>
    public Latency Late { get; init; } = Latency.None;

    /// <summary>From the moment a request should have been sent to the end of its answer.</summary>
    public required Latency Total { get; init; }

    public required IReadOnlyList<ProcessUse> Processes { get; init; }

    /// <summary>Commands that the contender sent to its store during the run; null where it has none.</summary>
    public long? StoreCalls { get; init; }

    /// <summary>How long all of them took together.</summary>
    public double StoreSeconds { get; init; }

    /// <summary>Revisions that the model asked for got during the run; null where none were wanted.</summary>
    public int? Updates { get; init; }

    /// <summary>What the programs used without any request, before the run; null where that was not looked at.</summary>
    public IdleUse? WithoutRequests { get; init; }

    /// <summary>How much of the processor time that was wanted in the run the machine's host gave to other machines, in percent; null in results of old.</summary>
    public double? StolenPercent { get; init; }

    [JsonIgnore]
    public long Failed => Errors.Values.Sum();

    /// <summary>Answers that were begun and are not complete, whatever is known of why.</summary>
    [JsonIgnore]
    public long Incomplete => Math.Max(Failed, Requests - Complete);

    [JsonIgnore]
    public double RequestsPerSecond => Complete / Seconds;

    [JsonIgnore]
    public double TokensPerSecond => Tokens / Seconds;
}
