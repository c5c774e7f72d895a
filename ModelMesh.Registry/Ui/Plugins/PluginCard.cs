using System.Collections.Immutable;

namespace ModelMesh.Registry.Ui.Plugins;

/// <summary>A plugin over all instances.</summary>
/// <param name="Key">Its folder's name, or its type where an instance does not tell the folder.</param>
/// <param name="Type">The backend type; null where no instance could load it far enough to say.</param>
/// <param name="State">What all instances say of it, or <c>mixed</c>.</param>
/// <param name="Findings">What instances found, those that found the same together; the bad ones first.</param>
/// <param name="Models">The model versions that are of its type.</param>
/// <param name="EarlierBuilds">How many earlier builds streams still run on, over all instances.</param>
public sealed record PluginCard(string Key, string? Type, string State, ImmutableArray<PluginFinding> Findings, ImmutableArray<PluginModel> Models, int EarlierBuilds);

/// <summary>What some instances say of a plugin.</summary>
/// <param name="Version">Of the build in use; null where there is none.</param>
/// <param name="State"><c>loading</c>, <c>ready</c>, <c>failed</c> or <c>removed</c>.</param>
/// <param name="Error">Why it failed; of a ready one, why its replacement was refused.</param>
/// <param name="Folders">Where they have it: one, unless their machines differ.</param>
public sealed record PluginFinding(string? Version, string State, string? Error, ImmutableArray<string> Folders, ImmutableArray<string> Instances);

/// <param name="Path">Of its page.</param>
public sealed record PluginModel(string Name, string Version, string Path);
