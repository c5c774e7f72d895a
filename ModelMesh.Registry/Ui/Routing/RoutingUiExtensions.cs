using ModelMesh.Registry.Ui.Rendering;

namespace ModelMesh.Registry.Ui.Routing;

internal static class RoutingUiExtensions
{
    /// <summary>Pages of rules, aliases, limits, callers and the default, and the dry run. Needs <c>AddTrafficAdmin</c>.</summary>
    public static WebApplication MapUiRouting(this WebApplication app)
    {
        const string Root = "/ui/routing";
        app.MapUiPage<RulesPage>(Root, UiSection.Routing, _ => "Routing");
        app.MapUiPage<EditRulePage>($"{Root}/rules/edit", UiSection.Routing, request => Title(request, "rule"));
        app.MapUiPage<AliasesPage>($"{Root}/aliases", UiSection.Routing, _ => "Aliases");
        app.MapUiPage<EditAliasPage>($"{Root}/aliases/edit", UiSection.Routing, request => Title(request, "alias"));
        app.MapUiPage<LimitsPage>($"{Root}/limits", UiSection.Routing, _ => "Rate limits");
        app.MapUiPage<EditLimitPage>($"{Root}/limits/edit", UiSection.Routing, request => Title(request, "limit"));
        app.MapUiPage<CallersPage>($"{Root}/callers", UiSection.Routing, _ => "Callers");
        app.MapUiPage<EditCallerPage>($"{Root}/callers/edit", UiSection.Routing, request => Title(request, "caller"));
        app.MapUiPage<DefaultsPage>($"{Root}/defaults", UiSection.Routing, _ => "Default and fallbacks");
        app.MapUiPage<ExplainPage>($"{Root}/explain", UiSection.Routing, _ => "Try a request");
        return app;
    }

    private static string Title(HttpRequest request, string kind) => request.Query.TryGetValue("name", out var name) ? name.ToString() : $"New {kind}";
}
