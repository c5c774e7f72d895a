namespace ModelMesh.Backends.Wire.Http;

/// <summary>Reads the beginning of a body that only explains a failure; one that cannot be read explains nothing.</summary>
internal static class ErrorBody
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(limit, response.Content.Headers.ContentLength ?? limit)];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception exception) when (TransportFailure.IsOne(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return buffer.AsMemory(0, length);
    }
}
