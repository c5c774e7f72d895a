using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Admin;

/// <summary>How the admin API answers: JSON with an entity tag, or 304 where the client has it already.</summary>
internal static class Answers
{
    public static Task OneAsync(HttpContext context, int status, ModelView view)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(view, AdminJson.Readable.ModelView);
        return TaggedJson.WriteAsync(context, status, ETags.OfRevision(view.Revision, body), body);
    }

    public static Task ListAsync(HttpContext context, ModelListView list)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(list, AdminJson.Readable.ModelListView);
        return TaggedJson.WriteAsync(context, StatusCodes.Status200OK, EntityTags.OfBody(body), body);
    }

    public static MeshException NotFound(string what) => new(ErrorCode.ModelNotFound, $"{what} is not registered.");
}
