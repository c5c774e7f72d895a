using ModelMesh.Contracts.Traffic;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>A target as people read it.</summary>
internal static class TargetText
{
    public static string Of(ModelTarget target, string adapter) =>
        $"'{target.Model}'{(target.Version is { } version ? $" version '{version}'" : "")}{(adapter.Length > 0 ? $" with the adapter '{adapter}'" : "")}";
}
