using System.Globalization;
using System.Text.Json;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Ui.Routing;

/// <summary>Parts of routing as people read them.</summary>
internal static class RoutingWords
{
    public static string Target(ModelTarget target) => target.Version is { } version ? $"{target.Model} @ {version}" : target.Model;

    public static string Condition(RuleCondition condition) => (condition.Operator, condition.Value) switch
    {
        ("exists", { ValueKind: JsonValueKind.False }) => $"{condition.Field} is absent",
        ("exists", _) => $"{condition.Field} is there",
        (_, { } value) => $"{condition.Field} {Sign(condition.Operator)} {Value(value)}",
        _ => $"{condition.Field} {Sign(condition.Operator)}",
    };

    public static string Amount(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "any";

    public static string Edit(string collection, string name) => $"/ui/routing/{collection}/edit?name={Uri.EscapeDataString(name)}";

    public static string Call(string collection, string name) => $"/{collection}/{Uri.EscapeDataString(name)}";

    private static string Sign(string comparison) => comparison switch
    {
        "eq" => "is",
        "ne" => "is not",
        "gt" => ">",
        "lt" => "<",
        "in" => "is one of",
        _ => comparison,
    };

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"“{value.GetString()}”",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Value)),
        _ => value.GetRawText(),
    };
}
