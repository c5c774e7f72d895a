using Google.Protobuf;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads a block <c>image</c>: <c>{"source":{"type":"base64","media_type","data"}}</c> or <c>{"source":{"type":"url","url"}}</c>.</summary>
internal static class ImageReader
{
    private const int MaxTypeLength = 64;
    private const int MaxUrlLength = 8192;

    public static ContentPart Read(ContentBlock block, FaultList faults)
    {
        var part = new ContentPart();
        if (block.Fields.TryTake("transformations", out _))
        {
            block.Fields.Fault("transformations", "is not supported: images are passed on as they are");
        }

        if (!block.Fields.Has("source"))
        {
            block.Fields.Fault("source", "is required");
        }
        else if (block.Fields.Section("source") is { } section)
        {
            ReadSource(new FieldReader(section, FieldPath.Join(block.Path, "source"), faults), part);
        }

        return part;
    }

    private static void ReadSource(FieldReader source, ContentPart part)
    {
        switch (source.RequiredText("type", MaxTypeLength))
        {
            case "base64":
                ReadData(source, part);
                break;
            case "url":
                ReadUrl(source, part);
                break;
            case { Length: > 0 } type:
                source.Fault("type", $"'{type}' is not supported here, only base64 and url");
                break;
        }
    }

    private static void ReadData(FieldReader source, ContentPart part)
    {
        var mediaType = source.RequiredText("media_type", MaxTypeLength);
        if (mediaType.Length > 0 && !mediaType.StartsWith("image/", StringComparison.Ordinal))
        {
            source.Fault("media_type", "must be the type of an image, as image/png");
        }

        var encoded = source.RequiredText("data", int.MaxValue);
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        if (encoded.Length > 0 && Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            part.ImageData = new ImageData { Data = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(0, length)), MediaType = mediaType };
        }
        else if (encoded.Length > 0)
        {
            source.Fault("data", "is not valid base64");
        }
    }

    private static void ReadUrl(FieldReader source, ContentPart part)
    {
        var url = source.RequiredText("url", MaxUrlLength);
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            part.ImageUrl = new ImageUrl { Url = url };
        }
        else if (url.Length > 0)
        {
            source.Fault("url", "must be an http or https URL");
        }
    }
}
