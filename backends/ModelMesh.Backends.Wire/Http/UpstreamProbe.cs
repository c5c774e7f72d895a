using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>What a probe was answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The beginning of the body.</param>
public sealed record UpstreamProbe(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether the status is from 200 to 299.</summary>
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>Whether the server has nothing there, or has it switched off: 404, 405 or 501.</summary>
    public bool IsAbsent => Status is 404 or 405 or 501;

    /// <summary>The body as JSON, or null when it is not the JSON it should be.</summary>
    public T? Json<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
