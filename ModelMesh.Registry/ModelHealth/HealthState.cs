using System.Text.Json.Serialization;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>What is known of a model's upstream.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthState>))]
internal enum HealthState
{
    /// <summary>Nobody has asked or been answered lately.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    [JsonStringEnumMemberName("healthy")]
    Healthy,

    /// <summary>It loads or downloads the model.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    [JsonStringEnumMemberName("unhealthy")]
    Unhealthy,
}

/// <summary>What a finding was made from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthSource>))]
internal enum HealthSource
{
    /// <summary>Real traffic.</summary>
    [JsonStringEnumMemberName("passive")]
    Passive,

    /// <summary>A probe.</summary>
    [JsonStringEnumMemberName("active")]
    Active,
}
