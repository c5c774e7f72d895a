using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Ui.Layout;
using ModelMesh.Registry.Ui.Pages;

namespace ModelMesh.Registry.Ui.Rendering;

/// <summary>Renders a page's component inside the shell, once, to HTML. What the mesh refuses to tell becomes a page that says so.</summary>
internal sealed class PageRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    // Nothing but this registry's own scripts, styles and calls; no frame around it.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public async Task WriteAsync<TPage>(HttpContext context, UiSection section, string title, int status)
        where TPage : IComponent
    {
        string html;
        try
        {
            html = await RenderAsync(typeof(TPage), new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(UiPage.Request)] = context.Request }, section, title);
        }
        catch (MeshException exception)
        {
            status = ErrorTable.Row(exception.Code).HttpStatus;
            html = await RenderAsync(
                typeof(FaultPage),
                new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(UiPage.Request)] = context.Request, [nameof(FaultPage.Code)] = exception.Code, [nameof(FaultPage.Message)] = exception.Message },
                section,
                title);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    private async Task<string> RenderAsync(Type page, IDictionary<string, object?> parameters, UiSection section, string title)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var shell = await renderer.RenderComponentAsync<Shell>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Shell.Page)] = page,
                [nameof(Shell.Parameters)] = parameters,
                [nameof(Shell.Section)] = section,
                [nameof(Shell.Title)] = title,
            }));
            return shell.ToHtmlString();
        });
    }
}
