using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Admin;

/// <summary>Reads a request's body whole, up to the limit: a size that was announced too large is refused before anything is read.</summary>
internal sealed class BodyReader(IOptions<AdminOptions> options)
{
    public async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        PlainBody.Demand(request);
        var limit = options.Value.MaxBodyBytes;
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > limit)
            {
                throw TooLarge(limit);
            }

            body.Write(buffer, 0, read);
        }

        // A form that a foreign page makes a browser send cannot carry this type, so it cannot reach an operator's mesh.
        return body.Length == 0 || request.HasJsonContentType()
            ? body.GetBuffer().AsMemory(0, (int)body.Length)
            : throw MeshException.Invalid("", "the body must be sent as application/json");
    }

    private static MeshException TooLarge(int limit) => new(ErrorCode.PayloadTooLarge, $"The body is larger than {limit} bytes.");
}
