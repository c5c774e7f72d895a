namespace ModelMesh.Registry.Secrets;

/// <summary>Passes on what holds no secret as it is; of the rest the text only, since structured values would carry the secret past any text.</summary>
internal sealed class RedactingLogger(ILogger inner, KnownSecrets secrets) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => HoldsSecret(state) ? inner.BeginScope(secrets.Redact(state.ToString() ?? "")) : inner.BeginScope(state);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!inner.IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception);
        var shown = exception is null ? null : secrets.Redact(exception);
        if (secrets.Redact(text) == text && shown == exception && !HoldsSecret(state))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        else
        {
            inner.Log(logLevel, eventId, secrets.Redact(text), shown, static (redacted, _) => redacted);
        }
    }

    private bool HoldsSecret<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> values
        ? values.Any(value => IsSecret(value.Value?.ToString()))
        : IsSecret(state?.ToString());

    private bool IsSecret(string? text) => text is not null && secrets.Redact(text) != text;
}
