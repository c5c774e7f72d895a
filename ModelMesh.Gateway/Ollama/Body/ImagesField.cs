using System.Text.Json;
using Google.Protobuf;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>Reads <c>images</c>: each the base64 of a file. What it is of, its first bytes say.</summary>
internal static class ImagesField
{
    private const string Field = "images";

    /// <param name="path">Of the object that holds the field.</param>
    public static List<ContentPart> Read(FieldReader fields, string path, FaultList faults)
    {
        List<ContentPart> read = [];
        if (!fields.TryTake(Field, out var images))
        {
            return read;
        }

        if (images.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(Field, "an array", images);
            return read;
        }

        foreach (var (index, image) in images.EnumerateArray().Index())
        {
            if (image.ValueKind != JsonValueKind.String || !image.TryGetBytesFromBase64(out var bytes))
            {
                faults.Add(FieldPath.At(FieldPath.Join(path, Field), index), "must be the base64 of an image");
            }
            else if (ImageType.Of(bytes) is not { } type)
            {
                faults.Add(FieldPath.At(FieldPath.Join(path, Field), index), "must be a PNG, JPEG, GIF, WebP or BMP image");
            }
            else
            {
                read.Add(new ContentPart { ImageData = new ImageData { Data = UnsafeByteOperations.UnsafeWrap(bytes), MediaType = type } });
            }
        }

        return read;
    }
}
