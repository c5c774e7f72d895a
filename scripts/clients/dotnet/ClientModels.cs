using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ModelMesh.Scripts.Clients;

/// <summary>The gateway and the models on it that clients are checked with. A model that is null makes its checks skip.</summary>
internal sealed record ClientModels(string Gateway, ClientModel Chat, string Absent)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Calls both of the request's tools, and answers once it has their results.</summary>
    public ClientModel? Tool { get; init; }

    public ClientModel? Embedding { get; init; }

    /// <summary>Its answer takes long enough to be left in its middle.</summary>
    public ClientModel? Slow { get; init; }

    /// <summary>Fails before its first token, as unavailable.</summary>
    public ClientModel? Failing { get; init; }

    /// <summary>Fails before its first token, by a rate limit.</summary>
    public ClientModel? Limited { get; init; }

    /// <summary>Fails after some tokens.</summary>
    public ClientModel? Cut { get; init; }

    /// <summary>Models that are there, of whose answers nothing is known.</summary>
    public static ClientModels Given(Options options)
    {
        var gateway = options.Gateway;
        var slow = options["slow-model"];
        return new ClientModels(gateway, new ClientModel(options["model"]), $"absent-{Guid.NewGuid():N}")
        {
            Tool = Named("tool-model"), Embedding = Named("embedding-model"),
            Slow = Named("slow-model") is { } model ? model with { ActiveAt = $"{gateway}/v1/models/{Uri.EscapeDataString(slow)}" } : null,
        };

        ClientModel? Named(string option) => options[option].Length > 0 ? new ClientModel(options[option]) : null;
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <param name="Model">Its name.</param>
/// <param name="Text">What it answers; null where that is not known, as are the others.</param>
/// <param name="OutputTokens">The tokens of that.</param>
/// <param name="Arguments">What it calls each tool with.</param>
/// <param name="ActiveAt">Where the number of its running streams can be read: <c>active</c>, or <c>modelmesh.active</c>.</param>
internal sealed record ClientModel(string Model, string? Text = null, int? OutputTokens = null, JsonObject? Arguments = null, string? ActiveAt = null);
