namespace ModelMesh.Backends.Wire.Http;

/// <summary>Reads the beginning of a body that only explains a failure; one that cannot be read, or does not come, explains nothing.</summary>
internal static class ErrorBody
{
    /// <summary>How long a failure waits for its reason: the failure itself is known by then.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    // Most are short, and many do not say how long they are.
    private const int Short = 4096;

    /// <param name="longest">How long to wait for the rest of it.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int limit, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        var most = (int)Math.Min(limit, response.Content.Headers.ContentLength ?? limit);
        var buffer = new byte[Math.Min(most, Short)];
        var length = 0;
        using var late = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            while (length < most && await stream.ReadAsync(buffer.AsMemory(length), either.Token) is > 0 and var read)
            {
                length += read;
                if (length == buffer.Length && length < most)
                {
                    Array.Resize(ref buffer, (int)Math.Min(most, 2L * length));
                }
            }
        }
        catch (Exception exception) when (TransportFailure.IsOne(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return buffer.AsMemory(0, length);
    }
}
