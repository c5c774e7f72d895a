using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Traffic;

/// <summary>How entries are shown: as the rest of the admin API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AliasView))]
[JsonSerializable(typeof(RoutingRule))]
[JsonSerializable(typeof(RoutingView))]
[JsonSerializable(typeof(RateLimit))]
[JsonSerializable(typeof(CallerView))]
[JsonSerializable(typeof(WeightsView))]
internal sealed partial class TrafficJson : JsonSerializerContext
{
    // Quotes and letters stay what they are.
    private static readonly TrafficJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Body(object view) => JsonSerializer.SerializeToUtf8Bytes(view, view.GetType(), Readable);

    /// <summary>An object whose one field holds them all.</summary>
    public static byte[] List(string name, IEnumerable<object> views)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray(name);
            foreach (var view in views)
            {
                JsonSerializer.Serialize(json, view, view.GetType(), Readable);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
