namespace ModelMesh.Backends.Wire.Http;

/// <summary>Reads the beginning of a body that only explains a failure; one that cannot be read, or does not come, explains nothing.</summary>
internal static class ErrorBody
{
    // The failure itself is known by then: whoever is to be told of it does not wait for its reason for long.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(limit, response.Content.Headers.ContentLength ?? limit)];
        var length = 0;
        using var late = new CancellationTokenSource(Longest, time);
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
