using System.Text.Json;
using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads what a body says for routing.</summary>
internal static class RoutingHintsReader
{
    private const string Metadata = "metadata";
    private const string Capabilities = "capabilities";
    private const int MaxCapabilities = 64;
    private const int MaxNameLength = 200;

    /// <summary><c>capabilities</c>, <c>user_tier</c> and <c>metadata</c>: the mesh's own fields, where an API has no others.</summary>
    public static RoutingHints Read(FieldReader fields) => new()
    {
        Capabilities = ReadCapabilities(fields),
        UserTier = fields.Text("user_tier", MaxNameLength) is { Length: > 0 } tier ? tier : null,
        Metadata = ReadMetadata(fields),
    };

    /// <summary>An API's own <c>metadata</c>, which stays to be read for what it is there.</summary>
    public static RoutingHints Peek(FieldReader fields) =>
        fields.TryPeek(Metadata, out var value) && value.ValueKind == JsonValueKind.Object ? new RoutingHints { Metadata = value.Clone() } : RoutingHints.None;

    private static JsonElement? ReadMetadata(FieldReader fields)
    {
        if (fields.Section(Metadata) is not { } section)
        {
            return null;
        }

        fields.CheckFreeForm(Metadata, section);
        return section.Clone();
    }

    private static string[] ReadCapabilities(FieldReader fields)
    {
        if (!fields.TryTake(Capabilities, out var value))
        {
            return [];
        }

        var names = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MaxCapabilities
            ? value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? JsonText.Of(item) : null).ToArray()
            : [null];
        if (Array.TrueForAll(names, name => name is { Length: > 0 and <= MaxNameLength }))
        {
            return names!;
        }

        fields.Fault(Capabilities, $"must be an array of at most {MaxCapabilities} strings, each of 1 to {MaxNameLength} characters");
        return [];
    }
}
