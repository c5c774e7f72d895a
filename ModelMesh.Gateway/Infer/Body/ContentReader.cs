using System.Text.Json;
using Google.Protobuf;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>
/// Reads a message's content as parts: <c>{"type":"text","text"}</c> and <c>{"type":"image_url","image_url":{"url","detail"?}}</c>, where the URL is
/// an address that the backend fetches, or a <c>data:</c> URL that holds the image.
/// </summary>
internal static class ContentReader
{
    private const int MaxUrlLength = 8192;
    private const int MaxDetailLength = 20;

    public static List<ContentPart> Read(JsonElement parts, string path, string role, FaultList faults)
    {
        List<ContentPart> read = [];
        foreach (var (index, part) in parts.EnumerateArray().Index())
        {
            var at = FieldPath.At(path, index);
            if (part.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, "must be an object with type");
                continue;
            }

            read.Add(ReadPart(new FieldReader(part, at, faults), at, role, faults));
        }

        if (parts.GetArrayLength() == 0)
        {
            faults.Add(path, "must hold at least one part");
        }

        return read;
    }

    private static ContentPart ReadPart(FieldReader fields, string path, string role, FaultList faults)
    {
        var part = new ContentPart();
        switch (fields.RequiredText("type", MaxDetailLength))
        {
            case "text":
                part.Text = RequiredButMaybeEmpty(fields, "text");
                break;
            case "refusal" when role == "assistant" && faults.UnknownFields == UnknownFields.Allowed:
                part.Text = RequiredButMaybeEmpty(fields, "refusal");
                break;
            case "image_url" when role != "user":
                fields.TryTake("image_url", out _);
                fields.Fault("type", "must be text: only a user's message may hold images");
                break;
            case "image_url":
                ReadImage(fields, path, faults, part);
                break;
            case { Length: > 0 }:
                fields.Fault("type", "must be text or image_url");
                return part;
        }

        fields.RefuseTheRest();
        return part;
    }

    private static string RequiredButMaybeEmpty(FieldReader fields, string name)
    {
        if (!fields.Has(name))
        {
            fields.TryTake(name, out _);
            fields.Fault(name, "is required");
        }

        return fields.Text(name, int.MaxValue) ?? "";
    }

    private static void ReadImage(FieldReader fields, string path, FaultList faults, ContentPart part)
    {
        if (fields.Section("image_url") is not { } section)
        {
            if (!faults.Names(FieldPath.Join(path, "image_url")))
            {
                fields.Fault("image_url", "is required");
            }

            return;
        }

        var image = new FieldReader(section, FieldPath.Join(path, "image_url"), faults);
        var detail = image.Text("detail", MaxDetailLength) ?? "";
        var url = image.RequiredText("url", int.MaxValue);
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            if (DataUrl.TryRead(url, out var mediaType, out var bytes) && mediaType.StartsWith("image/", StringComparison.Ordinal))
            {
                part.ImageData = new ImageData { Data = UnsafeByteOperations.UnsafeWrap(bytes), MediaType = mediaType, Detail = detail };
            }
            else
            {
                image.Fault("url", "must be of the form data:image/…;base64,… when it is a data: URL");
            }
        }
        else if (url.Length <= MaxUrlLength && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            part.ImageUrl = new ImageUrl { Url = url, Detail = detail };
        }
        else if (url.Length > 0)
        {
            image.Fault("url", $"must be an http or https URL of at most {MaxUrlLength} characters, or a data: URL");
        }

        image.RefuseTheRest();
    }
}
