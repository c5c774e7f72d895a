using Google.Protobuf;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads <c>{"type":"input_image","image_url","detail"?}</c>: the URL is an address that the backend fetches, or holds the image.</summary>
internal static class InputImageReader
{
    private const string Url = "image_url";
    private const int MaxUrlLength = 8192;
    private const int MaxDetailLength = 20;

    public static void Read(FieldReader fields, ContentPart part)
    {
        if (fields.TryTake("file_id", out _))
        {
            fields.Fault("file_id", "is not taken: the mesh stores no files. Send the image as a data: URL in image_url");
            return;
        }

        var detail = fields.Text("detail", MaxDetailLength) ?? "";
        var url = fields.RequiredText(Url, int.MaxValue);
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            if (DataUrl.TryRead(url, out var mediaType, out var bytes) && mediaType.StartsWith("image/", StringComparison.Ordinal))
            {
                part.ImageData = new ImageData { Data = UnsafeByteOperations.UnsafeWrap(bytes), MediaType = mediaType, Detail = detail };
            }
            else
            {
                fields.Fault(Url, "must be of the form data:image/…;base64,… when it is a data: URL");
            }
        }
        else if (url.Length <= MaxUrlLength && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            part.ImageUrl = new ImageUrl { Url = url, Detail = detail };
        }
        else if (url.Length > 0)
        {
            fields.Fault(Url, $"must be an http or https URL of at most {MaxUrlLength} characters, or a data: URL");
        }
    }
}
