using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ModelMesh.ServiceDefaults.OpenApi;

public static class OpenApiExtensions
{
    private const string Document = "/openapi/v1.json";
    private const string Page = "docs";

    /// <summary>
    /// <c>GET /openapi/v1.json</c>, and at <c>/docs</c> a page to read and try what it describes, to which <c>/</c> sends browsers. All are endpoints: no other request comes by them.
    /// </summary>
    /// <param name="service">The assembly that holds the service's fragments.</param>
    public static WebApplication MapOpenApi(this WebApplication app, Assembly service)
    {
        var document = OpenApiDocument.Of(service);
        var tag = new EntityTagHeaderValue(document.EntityTag);
        app.MapMethods(Document, [HttpMethods.Get, HttpMethods.Head], context =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(document.Bytes, "application/json; charset=utf-8", entityTag: tag).ExecuteAsync(context);
        });
        app.MapSwaggerUI(Page, options =>
        {
            options.DocumentTitle = document.Title;

            // Seen from the page, so that both may stand behind a proxy's prefix.
            options.SwaggerEndpoint($"..{Document}", "v1");
            options.EnableTryItOutByDefault();
            options.DisplayRequestDuration();
            options.DefaultModelsExpandDepth(0);

            // The bar on top chooses between documents; there is one.
            options.HeadContent = "<style>.swagger-ui .topbar { display: none !important }</style>";
        }).ExcludeFromDescription();
        app.MapGet("/", Root).ExcludeFromDescription();
        return app;
    }

    // Only who asks for a page is sent to one: a program that calls the root has a wrong address, and is told so.
    private static Task Root(HttpContext context)
    {
        if (context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Redirect($"{context.Request.PathBase}/{Page}");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Task.CompletedTask;
    }
}
