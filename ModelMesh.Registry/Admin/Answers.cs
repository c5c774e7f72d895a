using System.Text.Json;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Admin;

/// <summary>How the admin API answers: JSON with an entity tag, or 304 where the client has it already.</summary>
internal static class Answers
{
    public static Task OneAsync(HttpContext context, int status, ModelView view)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(view, AdminJson.Readable.ModelView);
        return WriteAsync(context, status, ETags.OfModel(view.Revision, body), body);
    }

    public static Task ListAsync(HttpContext context, ModelListView list)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(list, AdminJson.Readable.ModelListView);
        return WriteAsync(context, StatusCodes.Status200OK, ETags.OfBody(body), body);
    }

    public static MeshException NotFound(string what) => new(ErrorCode.ModelNotFound, $"{what} is not registered.");

    private static async Task WriteAsync(HttpContext context, int status, string tag, byte[] body)
    {
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        if (status == StatusCodes.Status200OK && HttpMethods.IsGet(context.Request.Method) && ETags.IsKnown(context.Request, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
