using System.Text.Json.Nodes;
using ModelMesh.Testing.Backends;

namespace ModelMesh.EndToEnd.Tests.Traffic;

/// <summary>One fault of a provider, and what clients must see of it.</summary>
/// <param name="Answer">Answers a request for a chat, of which this is the number, from 1 on.</param>
/// <param name="Stream">The right outcome of a stream.</param>
/// <param name="Whole">The right outcome of an answer in one piece.</param>
internal sealed record ProviderFault(Func<UpstreamExchange, int, Task> Answer, RightOutcome Stream, RightOutcome Whole)
{
    /// <summary>Time-outs and retries of every row: what is waited for is there within a small part of them, also on a busy machine.</summary>
    public static JsonObject Settings(JsonObject model)
    {
        model["timeouts"] = new JsonObject { ["first_token_ms"] = 2_000, ["idle_ms"] = 2_000 };
        model["resilience"] = new JsonObject { ["max_retries"] = 2, ["retry_budget"] = 1, ["backoff_ms"] = 20, ["max_backoff_ms"] = 1_500, ["breaker_failures"] = 20, ["breaker_open_ms"] = 500 };
        return model;
    }
}

/// <summary>What a client must see.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The error's code, before or in the stream; null where the answer is complete.</param>
/// <param name="Text">The text that came, whole or in part; null where none may.</param>
/// <param name="Asked">How many times the provider was asked.</param>
internal sealed record RightOutcome(int Status, string? Code, string? Text, int Asked)
{
    public static RightOutcome Complete(int asked) => new(200, null, Provider.Answer, asked);

    public static RightOutcome Refused(int status, string code, int asked) => new(status, code, null, asked);

    /// <summary>The stream had its first tokens, and ends with an error and without what its clients take for an end.</summary>
    public static RightOutcome Broken(string code) => new(200, code, "one two", 1);
}
