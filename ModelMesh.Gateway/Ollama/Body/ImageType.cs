namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>Tells an image's media type by the signature that its file begins with.</summary>
internal static class ImageType
{
    private const int WebpMark = 8;

    /// <summary>Null for what is none of the known ones.</summary>
    public static string? Of(ReadOnlySpan<byte> image) => image switch
    {
        _ when image.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']) => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        _ when image.StartsWith("GIF87a"u8) || image.StartsWith("GIF89a"u8) => "image/gif",
        _ when image.StartsWith("RIFF"u8) && image.Length > WebpMark && image[WebpMark..].StartsWith("WEBP"u8) => "image/webp",
        _ when image.StartsWith("BM"u8) => "image/bmp",
        _ => null,
    };
}
