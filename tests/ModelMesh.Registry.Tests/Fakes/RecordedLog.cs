using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordedLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private readonly ConcurrentQueue<string> _scopes = new();

    public IReadOnlyCollection<LogLine> Lines => [.. _lines];

    /// <summary>Each scope's text, and its values where it has any.</summary>
    public IReadOnlyCollection<string> Scopes => [.. _scopes];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _scopes.Enqueue(Written(state));
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(new LogLine(logLevel, eventId.Name, formatter(state, exception), exception) { State = Written(state) });

    private static string Written<TState>(TState state) =>
        state is IEnumerable<KeyValuePair<string, object>> values ? string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")) : $"{state}";
}

internal sealed record LogLine(LogLevel Level, string? Event, string Text, Exception? Exception)
{
    /// <summary>The structured values, as a sink that exports them sees them.</summary>
    public string State { get; init; } = "";
}
