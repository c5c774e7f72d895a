using System.Globalization;
using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary>Which operators go with which fields of a request, and with what values: as <see cref="RuleCondition"/> says. A condition that never could hold as meant is a fault.</summary>
internal static class ConditionRules
{
    private static readonly string[] Operators = ["eq", "ne", "gt", "lt", "in", "contains", "exists"];
    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string[] Prefixes = ["header.", "label.", "metadata."];

    private enum Kind
    {
        Number,
        Time,
        Weekday,
        Text,
        Any,
    }

    /// <summary>What is wrong with a condition, or null: 1. its field; 2. its operator, by itself and with that field; 3. its value.</summary>
    public static ErrorDetail? FaultOf(RuleCondition condition)
    {
        // 1.
        if (KindOf(condition.Field) is not { } kind)
        {
            return new("field", "must be one of model, capability, prompt_length, user_tier, header.NAME, label.NAME, metadata.NAME, time and time.weekday");
        }

        // 2.
        if (!Operators.Contains(condition.Operator, StringComparer.Ordinal))
        {
            return new("operator", $"must be one of {string.Join(", ", Operators)}");
        }

        if (!Takes(kind, condition.Operator))
        {
            return new("operator", $"must be one of {string.Join(", ", Operators.Where(comparison => Takes(kind, comparison)))} for {condition.Field}");
        }

        // 3.
        return ValueFault(kind, condition.Operator, condition.Value) is { } fault ? new("value", fault) : null;
    }

    private static Kind? KindOf(string field) => field switch
    {
        "prompt_length" => Kind.Number,
        "time" => Kind.Time,
        "time.weekday" => Kind.Weekday,
        "model" or "user_tier" or "capability" => Kind.Text,
        _ when Array.Find(Prefixes, prefix => field.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix && NameRules.Fault(field[prefix.Length..]) is null => Kind.Any,
        _ => null,
    };

    private static bool Takes(Kind kind, string comparison) => comparison switch
    {
        "gt" or "lt" => kind is Kind.Number or Kind.Time or Kind.Any,
        "contains" => kind is Kind.Text or Kind.Any,
        _ => true,
    };

    private static string? ValueFault(Kind kind, string comparison, JsonElement? value) => (comparison, value) switch
    {
        ("exists", null) => null,
        ("exists", { } flag) => flag.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"must be true, false or absent with exists, not {JsonKind.Of(flag)}",
        (_, null) => "is required",
        ("in", { ValueKind: JsonValueKind.Array } list) => list.GetArrayLength() == 0 ? "must not be empty"
            : list.EnumerateArray().Select(item => ItemFault(kind, "eq", item)).FirstOrDefault(fault => fault is not null) is { } fault ? $"each item {fault}" : null,
        ("in", { } other) => $"must be an array with in, not {JsonKind.Of(other)}",
        (_, { } single) => ItemFault(kind, comparison, single),
    };

    private static string? ItemFault(Kind kind, string comparison, JsonElement value) => kind switch
    {
        Kind.Number => OneOf(value, "a number", JsonValueKind.Number),
        Kind.Time => IsTime(value) ? null : "must be a time of day in UTC such as \"08:30\"",
        Kind.Weekday => Weekdays.Contains(Text(value), StringComparer.Ordinal) ? null : $"must be one of {string.Join(", ", Weekdays)}",
        Kind.Any when comparison is "gt" or "lt" => OneOf(value, "a number", JsonValueKind.Number),
        Kind.Any when comparison is not "contains" => OneOf(value, "a string, a number, true or false", JsonValueKind.String, JsonValueKind.Number, JsonValueKind.True, JsonValueKind.False),
        _ => OneOf(value, "a string", JsonValueKind.String),
    };

    private static string? OneOf(JsonElement value, string wanted, params ReadOnlySpan<JsonValueKind> kinds) =>
        !kinds.Contains(value.ValueKind) ? $"must be {wanted}, not {JsonKind.Of(value)}"
        : value.ValueKind == JsonValueKind.String && JsonText.Of(value) is null ? "holds half of a surrogate pair"
        : null;

    private static bool IsTime(JsonElement value) => TimeOnly.TryParseExact(Text(value), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : null;
}
