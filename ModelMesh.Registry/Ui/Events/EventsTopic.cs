using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Registry.Ui.Live;

namespace ModelMesh.Registry.Ui.Events;

/// <summary><c>events</c>: this replica's log, each entry by its number. Made anew only when something happened.</summary>
internal sealed class EventsTopic(EventLog log) : ILiveTopic
{
    private ImmutableQueue<LogEntry>? _of;
    private FrozenDictionary<string, string> _last = FrozenDictionary<string, string>.Empty;

    public string Name => "events";

    public ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = log.Entries;
        if (!ReferenceEquals(entries, _of))
        {
            _last = entries.ToFrozenDictionary(
                entry => entry.Number.ToString(CultureInfo.InvariantCulture),
                entry => _last.GetValueOrDefault(entry.Number.ToString(CultureInfo.InvariantCulture)) ?? JsonSerializer.Serialize(entry, EventUiJson.Readable.LogEntry),
                StringComparer.Ordinal);
            _of = entries;
        }

        return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(_last);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class EventUiJson : JsonSerializerContext
{
    public static EventUiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
