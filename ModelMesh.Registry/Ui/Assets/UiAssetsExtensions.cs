namespace ModelMesh.Registry.Ui.Assets;

internal static class UiAssetsExtensions
{
    public static WebApplication MapUiAssets(this WebApplication app)
    {
        app.MapGet(UiAssets.Root + "/{digest}/{**path}", (string digest, string path, HttpContext context) =>
        {
            if (UiAssets.Find(path) is not { } bytes)
            {
                return Results.NotFound();
            }

            // A page of another build may ask for its own: it gets these, but must not keep them under that address.
            context.Response.Headers.CacheControl = UiAssets.IsCurrent(digest) ? "public, max-age=31536000, immutable" : "no-cache";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.Bytes(bytes, UiAssets.ContentType(path));
        }).ExcludeFromDescription();
        return app;
    }
}
