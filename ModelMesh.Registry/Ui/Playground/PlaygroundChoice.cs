using System.Collections.Immutable;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>Something that the playground can be asked to talk to.</summary>
/// <param name="Text">What a user chooses, and sees.</param>
/// <param name="Model">What is sent.</param>
/// <param name="Version">Null: any, as a gateway would route it.</param>
/// <param name="About">What it is.</param>
public sealed record PlaygroundChoice(string Text, string Model, string? Version, string About)
{
    /// <summary>Names and aliases, then every version. Where a model is called as another model's version would be written, the model's name goes first, as everywhere.</summary>
    internal static ImmutableArray<PlaygroundChoice> Of(CatalogSnapshot catalog) =>
    [
        .. catalog.Names.Select(name => new PlaygroundChoice(name, name, null, "as a gateway routes it"))
            .Concat(catalog.Traffic.Aliases.Keys.Order(StringComparer.Ordinal).Select(alias => new PlaygroundChoice(alias, alias, null, "alias")))
            .Concat(catalog.Names.SelectMany(name => catalog.VersionsOf(name)).Select(model => new PlaygroundChoice($"{model.Name}@{model.Version}", model.Name, model.Version, AboutOf(model.Shadow, model.Draining))))
            .DistinctBy(choice => choice.Text, StringComparer.Ordinal),
    ];

    private static string AboutOf(bool shadow, bool draining) => draining ? "version, draining" : shadow ? "version, shadow" : "version";
}
