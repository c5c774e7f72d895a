using System.Collections;
using Microsoft.Extensions.Logging;

namespace ModelMesh.ServiceDefaults.Logs;

/// <summary>
/// What every line that is logged for a request says of it, as a log scope: its text is what the console prints, its values are what collectors get. It begins with the
/// request's id; model, version and revision are added once they are known, also for whoever began to log before. Thread-safe.
/// </summary>
public sealed class RequestScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    // Replaced as a whole, and only ever by a longer one: whoever reads it meanwhile sees either.
    private volatile Known _known;

    /// <param name="name">What the id is called: <c>RequestId</c>, or <c>PartId</c> for one of several requests that came in one call.</param>
    /// <param name="id">The id.</param>
    public RequestScope(string id, string name = "RequestId") => _known = new Known([new(name, id)]);

    public int Count => _known.Values.Length;

    public KeyValuePair<string, object?> this[int index] => _known.Values[index];

    /// <summary>The version that the request goes to first.</summary>
    public void GoesTo(string model, string version) => Set(model, version, revision: null);

    /// <summary>Who serves it.</summary>
    public void ServedBy(string model, string version, long revision) => Set(model, version, revision);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)_known.Values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _known.Text;

    private void Set(string model, string version, long? revision)
    {
        var known = _known.Values;
        var kept = known.Length > 3 ? known[3].Value : null;
        _known = (revision ?? kept) is { } last
            ? new Known([known[0], new("Model", model), new("Version", version), new("Revision", last)])
            : new Known([known[0], new("Model", model), new("Version", version)]);
    }

    private sealed class Known(KeyValuePair<string, object?>[] values)
    {
        private string? _text;

        public KeyValuePair<string, object?>[] Values => values;

        public string Text => _text ??= string.Join(' ', values.Select(value => $"{value.Key}:{Printable(value.Value)}"));

        // A line is one line, whatever a model is called.
        private static object? Printable(object? value) => value is string text && text.Any(char.IsControl) ? Uri.EscapeDataString(text) : value;
    }
}

public static class RequestScopeExtensions
{
    /// <summary>Names the request in all that is logged until it is disposed, by whomever the call leads to, plugins too.</summary>
    public static IDisposable? BeginRequest(this ILogger logger, RequestScope request) => logger.BeginScope(request);
}
