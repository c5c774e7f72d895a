using System.Text.Json;

namespace ModelMesh.Backends.Sdk;

/// <summary>What a backend is made from: the model's names and its <c>backend</c> object. Immutable and thread-safe.</summary>
/// <param name="ModelName">The name the model is registered under.</param>
/// <param name="Version">The version it is registered under.</param>
/// <param name="Values">The model's <c>backend</c> object.</param>
/// <param name="ResolveSecret">
/// Turns a reference (<c>env:NAME</c>, <c>file:/path</c>) into the secret. Throws <see cref="FormatException"/> with a message fit to show
/// when the reference has no known form or leads nowhere. Reads anew at each call, may be called at any time, and is thread-safe.
/// </param>
public sealed record BackendSettings(string ModelName, string Version, JsonElement Values, Func<string, string> ResolveSecret)
{
    /// <summary>Which revision of the model version this is; 0 when the settings are only checked.</summary>
    public long Revision { get; init; }

    /// <summary>A reader that collects every fault of the settings, to be thrown as one.</summary>
    public SettingsReader Reader() => new(this);

    /// <summary>Names the model only: <see cref="Values"/> may hold what should not be logged.</summary>
    public override string ToString() => $"{ModelName}@{Version}";
}
