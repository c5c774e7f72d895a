using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>Reads whole JSON answers.</summary>
public static class JsonAnswer
{
    private const long MaxBytes = 256L * 1024 * 1024;

    /// <summary>Reads a whole answer.</summary>
    /// <exception cref="BackendException">It is not the JSON it should be, too long, or was cut.</exception>
    /// <exception cref="OperationCanceledException">The token fired; the socket is closed.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await UpstreamStream.OpenAsync(response, new LengthLimit(MaxBytes), cancellationToken);
            return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken)
                ?? throw new BackendException(BackendErrorKind.Protocol, "The upstream answered null.");
        }
        catch (JsonException exception)
        {
            throw new BackendException(BackendErrorKind.Protocol, "The upstream's answer is not the JSON it should be.", exception);
        }
    }
}
