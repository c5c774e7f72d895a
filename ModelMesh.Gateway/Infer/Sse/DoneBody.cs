using System.Text.Json.Serialization;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Infer.Sse;

/// <summary>The data of <c>event: done</c>.</summary>
internal sealed record DoneBody(string FinishReason, UsageBody Usage, string Model, string Version, long Revision)
{
    public static DoneBody From(Completed completed, Accepted accepted)
    {
        var usage = completed.Usage ?? new Usage();
        return new DoneBody(
            completed.FinishReason,
            new UsageBody(usage.InputTokens, usage.OutputTokens, usage.TotalTokens),
            accepted.Model,
            accepted.Version,
            accepted.Revision);
    }
}

internal sealed record UsageBody(long InputTokens, long OutputTokens, long TotalTokens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DoneBody))]
internal sealed partial class DoneJson : JsonSerializerContext;
