using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Admin;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>Addresses of models' pages and resources. Names hold any sign, so each is one percent-encoded part of a path.</summary>
internal static class ModelPaths
{
    // The pages' paths are the admin API's, below /ui.
    private const int Below = 1;

    public static string Call(ModelId id) => $"/models/{Uri.EscapeDataString(id.Name)}/versions/{Uri.EscapeDataString(id.Version)}";

    public static string CallOfWeights(string name) => $"/models/{Uri.EscapeDataString(name)}/weights";

    public static string Page(string name) => $"/ui/models/{Uri.EscapeDataString(name)}";

    public static string Page(ModelId id) => "/ui" + Call(id);

    public static string Edit(ModelId id) => Page(id) + "/edit";

    public static string Clone(ModelId id) => $"/ui/register?from={Uri.EscapeDataString(id.ToString())}";

    public static string Playground(ModelId id) => $"/ui/playground?model={Uri.EscapeDataString($"{id.Name}@{id.Version}")}";

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static string Name(HttpRequest request) => ModelPath.Name(request.HttpContext, Below);

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ModelId Id(HttpRequest request) => ModelPath.Id(request.HttpContext, Below);
}
