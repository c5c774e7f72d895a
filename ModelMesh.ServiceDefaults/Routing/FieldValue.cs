using System.Globalization;
using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>What a request has in a field that a condition looks at: nothing, a text, a number, true or false, or a set of them.</summary>
internal readonly record struct FieldValue
{
    public string? Text { get; private init; }

    public double? Number { get; private init; }

    public bool? Flag { get; private init; }

    public IReadOnlyList<FieldValue>? Items { get; private init; }

    /// <summary>Whether there is anything. An object in metadata is there and compares with nothing.</summary>
    public bool Exists { get; private init; }

    public static FieldValue Of(string? text) => new() { Text = text, Exists = text is not null };

    public static FieldValue Of(double number) => new() { Number = number, Exists = true };

    /// <summary>A set without members is not there.</summary>
    public static FieldValue Set(IEnumerable<string> members) => Set([.. members.Select(Of)]);

    public static FieldValue Of(JsonElement? json) => json?.ValueKind switch
    {
        JsonValueKind.String => Of(JsonText.Of(json.Value)),
        JsonValueKind.Number when json.Value.TryGetDouble(out var number) => Of(number),
        JsonValueKind.True or JsonValueKind.False => new FieldValue { Flag = json.Value.GetBoolean(), Exists = true },
        JsonValueKind.Array => Set([.. json.Value.EnumerateArray().Select(item => Of((JsonElement?)item))]),
        JsonValueKind.Object or JsonValueKind.Number => new FieldValue { Exists = true },
        _ => default,
    };

    /// <summary>For people; null where there is nothing.</summary>
    public override string? ToString() => this switch
    {
        { Text: { } text } => text,
        { Number: { } number } => number.ToString(CultureInfo.InvariantCulture),
        { Flag: { } flag } => flag ? "true" : "false",
        { Items: { } items } => string.Join(", ", items),
        { Exists: true } => "an object",
        _ => null,
    };

    private static FieldValue Set(List<FieldValue> items) => new() { Items = items, Exists = items.Count > 0 };
}
