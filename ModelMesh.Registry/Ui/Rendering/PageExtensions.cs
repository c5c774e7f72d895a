namespace ModelMesh.Registry.Ui.Rendering;

internal static class PageExtensions
{
    /// <param name="pattern">Its route.</param>
    /// <param name="section">The entry of the navigation that it belongs to.</param>
    /// <param name="title">For the browser's tab; what it throws is shown as the page's own fault is.</param>
    /// <param name="status">Of a page that can be rendered.</param>
    public static IEndpointConventionBuilder MapUiPage<TPage>(
        this IEndpointRouteBuilder app, string pattern, UiSection section, Func<HttpRequest, string> title, int status = StatusCodes.Status200OK)
        where TPage : UiPage =>
        app.MapGet(pattern, context => context.RequestServices.GetRequiredService<PageRenderer>().WriteAsync<TPage>(context, section, title, status))
            .ExcludeFromDescription();
}
