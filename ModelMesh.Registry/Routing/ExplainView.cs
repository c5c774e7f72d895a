using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Registry.Routing;

/// <summary>The answer of <c>POST /rules/explain</c>.</summary>
/// <param name="Decision">What came out.</param>
/// <param name="Routes">The versions in the order in which they are tried.</param>
/// <param name="Steps">What was asked, in order.</param>
/// <param name="Rules">Every rule, each with its conditions.</param>
/// <param name="Versions">Every version of what the request was sent to and of its fallbacks, and why each is tried or not.</param>
/// <param name="Revision">The catalog's, by which it was decided.</param>
internal sealed record ExplainView(
    DecisionView Decision,
    IReadOnlyList<RouteView> Routes,
    IReadOnlyList<StepTrace> Steps,
    IReadOnlyList<RuleTrace> Rules,
    IReadOnlyList<VersionTrace> Versions,
    long Revision)
{
    public static ExplainView From(long revision, RoutingDecision decision, RoutingTrace trace, MeshException? error)
    {
        var routes = decision.Routes.Select(route => new RouteView(route.Model.Name, route.Model.Version, route.Adapter.Length == 0 ? null : route.Adapter)).ToArray();
        return new ExplainView(
            new DecisionView(
                JsonNamingPolicy.SnakeCaseLower.ConvertName(decision.By.ToString()),
                decision.Rule,
                decision.Asked,
                routes.FirstOrDefault()?.Model,
                routes.FirstOrDefault()?.Version,
                trace.IsCertain,
                error is null ? null : new RefusalView(ErrorTable.Row(error.Code).Name, error.Message)),
            routes,
            trace.Steps,
            trace.Rules,
            trace.Versions,
            revision);
    }
}

/// <summary>Where the request goes.</summary>
/// <param name="By"><c>model</c>, <c>rule</c>, <c>capabilities</c> or <c>default</c>; of a refused one <c>unknown_model</c>, <c>missing_capability</c> or <c>nothing</c>.</param>
/// <param name="Target">The name or alias that it was sent to.</param>
/// <param name="Certain">False where the weights leave it open: each share is told beside its rule or version, and what is shown is the largest.</param>
/// <param name="Error">What the client would be told.</param>
internal sealed record DecisionView(string By, string? Rule, string? Target, string? Model, string? Version, bool Certain, RefusalView? Error);

internal sealed record RefusalView(string Code, string Message);

internal sealed record RouteView(string Model, string Version, string? Adapter);

[JsonSerializable(typeof(ExplainView))]
internal sealed partial class ExplainJson : JsonSerializerContext
{
    public static ExplainJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
