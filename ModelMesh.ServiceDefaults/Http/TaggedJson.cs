using Microsoft.AspNetCore.Http;

namespace ModelMesh.ServiceDefaults.Http;

/// <summary>An answer of JSON with an entity tag, or 304 without a body where the client has it already.</summary>
public static class TaggedJson
{
    /// <param name="context">The request; a HEAD gets the headers alone.</param>
    /// <param name="status">What a body is answered with. Only a 200 can become a 304.</param>
    /// <param name="tag">The quoted entity tag.</param>
    /// <param name="body">JSON as UTF-8.</param>
    public static async Task WriteAsync(HttpContext context, int status, string tag, ReadOnlyMemory<byte> body)
    {
        var isHead = HttpMethods.IsHead(context.Request.Method);
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        if (status == StatusCodes.Status200OK && (isHead || HttpMethods.IsGet(context.Request.Method)) && EntityTags.IsKnown(context.Request, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!isHead)
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
