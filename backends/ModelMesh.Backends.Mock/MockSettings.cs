using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock;

/// <summary>
/// What a mock model does, read from its <c>backend</c> object. With none of the fields set it echoes the last user message at once.
/// A request's <c>max_tokens</c> cuts any answer and makes its finish reason <c>length</c>.
/// </summary>
internal sealed record MockSettings
{
    /// <summary><c>tokens</c>: generate this many words instead of an echo. Excludes <c>text</c>.</summary>
    public int? Tokens { get; init; }

    /// <summary><c>text</c>: answer this, word by word, instead of an echo.</summary>
    public string? Text { get; init; }

    /// <summary><c>first_token_delay_ms</c>: wait this long before the first token, and before a failure that comes in its place.</summary>
    public int FirstTokenDelayMs { get; init; }

    /// <summary><c>token_delay_ms</c>: wait this long before every later token.</summary>
    public int TokenDelayMs { get; init; }

    /// <summary><c>jitter_ms</c>: add 0 to this many milliseconds, evenly spread, to every one of those waits, also to one of 0.</summary>
    public int JitterMs { get; init; }

    /// <summary><c>fail_before_first_token</c>: fail instead of the first token.</summary>
    public bool FailBeforeFirstToken { get; init; }

    /// <summary><c>fail_after_tokens</c>: fail once this many tokens went out; a shorter answer completes.</summary>
    public int? FailAfterTokens { get; init; }

    /// <summary><c>error_kind</c>: the kind of those failures.</summary>
    public BackendErrorKind ErrorKind { get; init; } = BackendErrorKind.Upstream;

    /// <summary><c>hang</c>: never answer; only cancellation ends the call.</summary>
    public bool Hang { get; init; }

    /// <summary><c>endpoint</c>: where it pretends to be, so that a version may have several mocks in its <c>backends</c>. Nothing is called there.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>fails_at</c>: the one endpoint whose mock fails or hangs as the settings say; those at other endpoints answer.</summary>
    public Uri? FailsAt { get; init; }

    /// <summary><c>seed</c>: makes generated words and jitter the same in every call; without it they differ from call to call.</summary>
    public int? Seed { get; init; }

    /// <summary><c>reasoning</c>: think this, word by word, before the answer.</summary>
    public string? Reasoning { get; init; }

    /// <summary><c>tool_calls</c>: call this many of the request's tools instead of an answer, unless the last message is a tool's result.</summary>
    public int ToolCalls { get; init; }

    /// <summary><c>tool_arguments</c>: the arguments of those calls, as JSON.</summary>
    public string ToolArguments { get; init; } = "{}";

    /// <summary><c>tell_adapter</c>: what an adapter answers begins with <c>[name] </c>, and its embeddings are its own.</summary>
    public bool TellAdapter { get; init; }

    /// <summary><c>dimensions</c>: how long embeddings are where the request does not say.</summary>
    public int Dimensions { get; init; } = 8;

    /// <summary><c>journal</c>: a directory in which each backend instance writes what happened to its calls, see <see cref="MockJournal"/>.</summary>
    public string? Journal { get; init; }

    /// <summary><c>journal_checks</c>: health checks are written down there too.</summary>
    public bool JournalChecks { get; init; }

    /// <summary><c>health</c>: what a health check finds.</summary>
    public BackendHealthState Health { get; init; }

    /// <summary><c>health_reason</c>: why it is not healthy.</summary>
    public string? HealthReason { get; init; }

    /// <exception cref="BackendSettingsException">Lists every fault.</exception>
    public static MockSettings Read(SettingsReader reader)
    {
        var settings = new MockSettings
        {
            Tokens = reader.WholeNumber("tokens"),
            Text = reader.Text("text"),
            FirstTokenDelayMs = reader.WholeNumber("first_token_delay_ms", 0).Value,
            TokenDelayMs = reader.WholeNumber("token_delay_ms", 0).Value,
            JitterMs = reader.WholeNumber("jitter_ms", 0).Value,
            FailBeforeFirstToken = reader.Flag("fail_before_first_token"),
            FailAfterTokens = reader.WholeNumber("fail_after_tokens", min: 1),
            ErrorKind = reader.Choice("error_kind", BackendErrorKind.Upstream),
            Hang = reader.Flag("hang"),
            Endpoint = reader.Endpoint("endpoint"),
            FailsAt = reader.Endpoint("fails_at"),
            Seed = reader.WholeNumber("seed", min: int.MinValue),
            Reasoning = reader.Text("reasoning"),
            ToolCalls = reader.WholeNumber("tool_calls", 0, max: 64).Value,
            ToolArguments = reader.Section("tool_arguments")?.GetRawText() ?? "{}",
            TellAdapter = reader.Flag("tell_adapter"),
            Dimensions = reader.WholeNumber("dimensions", 8, min: 1, max: 4096).Value,
            Journal = reader.Text("journal"),
            JournalChecks = reader.Flag("journal_checks"),
            Health = reader.Choice("health", BackendHealthState.Healthy),
            HealthReason = reader.Text("health_reason"),
        };
        if (settings is { Tokens: not null, Text: not null })
        {
            reader.Fault("text", "cannot be given together with tokens");
        }

        if (settings.Journal is { } journal && !Path.IsPathFullyQualified(journal))
        {
            reader.Fault("journal", "must be the full path of a directory");
        }

        if (settings is { JournalChecks: true, Journal: null })
        {
            reader.Fault("journal_checks", "needs journal");
        }

        if (settings is { Health: BackendHealthState.Healthy, HealthReason: not null })
        {
            reader.Fault("health_reason", "is for a health other than healthy");
        }

        reader.Done();
        return settings.FailsAt is null || settings.FailsAt == settings.Endpoint
            ? settings
            : settings with { FailBeforeFirstToken = false, FailAfterTokens = null, Hang = false };
    }
}
