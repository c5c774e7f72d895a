namespace ModelMesh.Registry.Requests;

/// <summary>Which requests a list shows. Null leaves a field open; all that are set must match, exactly.</summary>
internal sealed record RequestFilter
{
    public const int DefaultLimit = 100;

    public const int MostLimit = 1_000;

    public string? Model { get; init; }

    public string? Version { get; init; }

    /// <summary>One of <see cref="RequestStates"/>.</summary>
    public string? State { get; init; }

    /// <summary>A replica's id.</summary>
    public string? Instance { get; init; }

    /// <summary>An address, or the name of a registered caller.</summary>
    public string? Client { get; init; }

    /// <summary>How many at most, from 1 to 1,000.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Only what comes after this place; null begins with the oldest.</summary>
    public RequestPlace? After { get; init; }
}
