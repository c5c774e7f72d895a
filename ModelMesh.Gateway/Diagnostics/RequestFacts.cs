using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>What metrics learn of a request when it has ended.</summary>
/// <param name="Operation">As <c>gen_ai.operation.name</c> has it.</param>
/// <param name="Outcome"><c>ok</c>, <c>client_gone</c> or the name of the error.</param>
/// <param name="Duration">From its arrival to its end.</param>
internal sealed record RequestFacts(string Operation, string Outcome, TimeSpan Duration)
{
    /// <summary>The model that answered, or else the one that it was routed to; empty where it was routed to none: what a caller calls a model may be anything.</summary>
    public string Model { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>The type of its backend.</summary>
    public string Provider { get; init; } = "";

    /// <summary>From its arrival; null where it had none.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>Null where nobody served it.</summary>
    public TimeSpan? Overhead { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Null where it did not fail.</summary>
    public ErrorRow? Error { get; init; }
}
