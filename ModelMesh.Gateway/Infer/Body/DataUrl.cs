namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads <c>data:image/png;base64,…</c> (RFC 2397, base64 only: nobody sends images percent-encoded).</summary>
internal static class DataUrl
{
    private const string Scheme = "data:";
    private const string Base64 = ";base64";

    public static bool TryRead(string url, out string mediaType, out byte[] bytes)
    {
        (mediaType, bytes) = ("", []);
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var head = url[Scheme.Length..comma];
        if (!head.EndsWith(Base64, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // Parameters such as charset say nothing about an image.
        mediaType = head.Split(';')[0].ToLowerInvariant();
        var encoded = url.AsSpan(comma + 1);
        var buffer = new byte[((encoded.Length / 4) + 1) * 3];
        if (encoded.IsEmpty || !Convert.TryFromBase64Chars(encoded, buffer, out var written))
        {
            return false;
        }

        bytes = buffer.AsSpan(0, written).ToArray();
        return written > 0;
    }
}
