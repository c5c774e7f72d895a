using System.Text.Json.Serialization;

namespace ModelMesh.Registry.Plugins;

[JsonConverter(typeof(JsonStringEnumConverter<PluginState>))]
internal enum PluginState
{
    [JsonStringEnumMemberName("loading")]
    Loading,

    [JsonStringEnumMemberName("ready")]
    Ready,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("removed")]
    Removed,
}

/// <summary>What is known of one plugin folder.</summary>
/// <param name="Folder">The folder as it was when it was last looked into.</param>
/// <param name="State">What came of it.</param>
internal sealed record PluginEntry(PluginFolder Folder, PluginState State)
{
    /// <summary>The build in use. It stays when a replacement could not be loaded.</summary>
    public PluginBuild? Build { get; init; }

    /// <summary>When the folder was found whose build began to serve this type.</summary>
    public ScanPlace Place { get; init; }

    /// <summary>The backend type it serves, or did before it was removed.</summary>
    public string? Type { get; init; }

    public string? Version { get; init; }

    /// <summary>Why it failed; on a ready plugin, why its replacement was refused.</summary>
    public string? Error { get; init; }

    /// <summary>It failed because another folder serves this type; it gets its chance when that one goes.</summary>
    public string? DuplicateOf { get; init; }
}
