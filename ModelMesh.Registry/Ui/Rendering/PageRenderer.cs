using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Ui.Layout;
using ModelMesh.Registry.Ui.Pages;

namespace ModelMesh.Registry.Ui.Rendering;

/// <summary>Renders a page's component inside the shell, once, to HTML. What the mesh refuses to tell becomes a page that says so.</summary>
internal sealed partial class PageRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers, ILogger<PageRenderer> logger)
{
    // Nothing but this registry's own scripts, styles and calls; no frame around it.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public async Task WriteAsync<TPage>(HttpContext context, UiSection section, Func<HttpRequest, string> title, int status)
        where TPage : IComponent
    {
        string html;
        try
        {
            html = await RenderAsync(typeof(TPage), new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(UiPage.Request)] = context.Request }, section, title(context.Request));
        }
        catch (MeshException exception)
        {
            (status, html) = await RenderFaultAsync(context, section, exception);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            PageFailed(logger, context.Request.Path, exception);
            (status, html) = await RenderFaultAsync(context, section, new MeshException(ErrorCode.Internal));
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    private async Task<(int Status, string Html)> RenderFaultAsync(HttpContext context, UiSection section, MeshException exception) => (
        ErrorTable.Row(exception.Code).HttpStatus,
        await RenderAsync(
            typeof(FaultPage),
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(UiPage.Request)] = context.Request, [nameof(FaultPage.Code)] = exception.Code, [nameof(FaultPage.Message)] = exception.Message },
            section,
            section.ToString()));

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

    [LoggerMessage(EventId = 281, EventName = "PageFailed", Level = LogLevel.Error, Message = "The page {Path} could not be rendered")]
    private static partial void PageFailed(ILogger logger, string path, Exception exception);
}
