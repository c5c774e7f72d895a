namespace ModelMesh.Backends.Wire.Http;

/// <summary>Reads the beginning of a body that only explains a failure; one that cannot be read, or does not come, explains nothing.</summary>
internal static class ErrorBody
{
    /// <summary>How long a failure waits for its reason: the failure itself is known by then.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <param name="longest">How long to wait for the rest of it.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int limit, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(limit, response.Content.Headers.ContentLength ?? limit)];
        var length = 0;
        using var late = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), either.Token) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception exception) when (TransportFailure.IsOne(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return buffer.AsMemory(0, length);
    }
}
