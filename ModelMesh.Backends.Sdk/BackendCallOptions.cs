using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// The options of every call the mesh makes, with what <see cref="ChatOptions"/> has no place for. <see cref="ChatOptions.AdditionalProperties"/> holds
/// the caller's backend-only fields (<c>extra</c>), each a <see cref="System.Text.Json.JsonElement"/>, and nothing of the mesh's, so it may be
/// passed upstream as it is. <see cref="ChatOptions.Tools"/> holds <see cref="ToolDeclaration"/>s. <see cref="ChatOptions.ModelId"/> is null for the model itself, else
/// one of the LoRA adapters that the operator registered with it, which is to answer in its place.
/// </summary>
public sealed class BackendCallOptions : ChatOptions
{
    /// <summary>Makes options with nothing set.</summary>
    public BackendCallOptions()
    {
    }

    private BackendCallOptions(ChatOptions other)
        : base(other)
    {
    }

    private BackendCallOptions(BackendCallOptions other)
        : base(other)
    {
        RequestId = other.RequestId;
        Choices = other.Choices;
        LogProbabilities = other.LogProbabilities;
        TopLogProbabilities = other.TopLogProbabilities;
        StrictJsonSchema = other.StrictJsonSchema;
        MayReuseUpdates = other.MayReuseUpdates;
    }

    /// <summary>The mesh's name for the request, for logs and upstream headers.</summary>
    public string? RequestId { get; set; }

    /// <summary>How many answers to give (<c>n</c>), at least 1; null is one. Their updates say which they belong to: <see cref="BackendUpdate.Choice"/>.</summary>
    public int? Choices { get; set; }

    /// <summary>Whether to send log probabilities: <see cref="BackendUpdate.LogProbabilities"/>.</summary>
    public bool LogProbabilities { get; set; }

    /// <summary>How many of the likeliest tokens to send with each, from 0 on; null when the caller did not say. Only with <see cref="LogProbabilities"/>.</summary>
    public int? TopLogProbabilities { get; set; }

    /// <summary>Whether a JSON schema in <see cref="ChatOptions.ResponseFormat"/> must be met exactly; null when the caller did not say.</summary>
    public bool? StrictJsonSchema { get; set; }

    /// <summary>
    /// Whether an update of one plain text may be changed and given again once the next is asked for: the caller has taken its text by then. Of everything else the caller may keep what it
    /// was given. Whoever puts something around a client that keeps updates has to clear it. Since 1.3.
    /// </summary>
    public bool MayReuseUpdates { get; set; }

    // What is not of the mesh's making, in a test or behind a pipeline of the plugin's own, says nothing of the rest.
    internal static BackendCallOptions From(ChatOptions? options) =>
        options as BackendCallOptions ?? (options is null ? new BackendCallOptions() : new BackendCallOptions(options));

    /// <inheritdoc/>
    public override ChatOptions Clone() => new BackendCallOptions(this);
}
