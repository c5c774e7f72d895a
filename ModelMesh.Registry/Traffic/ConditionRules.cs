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

    /// <summary>
    /// All that is wrong with a condition, each by its path in it: 1. its field; 2. its operator, by itself and with that field; 3. its value, as far as the two tell what it has to
    /// be. A field or an operator that is empty was not given, which whoever read them said.
    /// </summary>
    public static IEnumerable<ErrorDetail> FaultsOf(RuleCondition condition)
    {
        // 1.
        var kind = KindOf(condition.Field);
        if (kind is null && condition.Field.Length > 0)
        {
            yield return new("field", "must be one of model, capability, prompt_length, user_tier, header.NAME, label.NAME, metadata.NAME, time and time.weekday");
        }

        // 2.
        if (!Operators.Contains(condition.Operator, StringComparer.Ordinal))
        {
            if (condition.Operator.Length > 0)
            {
                yield return new("operator", $"must be one of {string.Join(", ", Operators)}");
            }

            yield break;
        }

        if (kind is { } known && !Takes(known, condition.Operator))
        {
            yield return new("operator", $"must be one of {string.Join(", ", Operators.Where(comparison => Takes(known, comparison)))} for {condition.Field}");
            yield break;
        }

        // 3.
        foreach (var fault in ValueFaults(kind, condition.Operator, condition.Value))
        {
            yield return fault;
        }
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

    private static IEnumerable<ErrorDetail> ValueFaults(Kind? kind, string comparison, JsonElement? value)
    {
        switch (comparison, value)
        {
            case ("exists", null):
                return [];
            case ("exists", { } flag):
                return OfValue(flag.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"must be true, false or absent with exists, not {JsonKind.Of(flag)}");
            case (_, null):
                return OfValue("is required");
            case ("in", { ValueKind: JsonValueKind.Array } list):
                return list.GetArrayLength() == 0 ? OfValue("must not be empty")
                    : list.EnumerateArray().Index().SelectMany(item => OfValue(ItemFault(kind, "eq", item.Item), FieldPath.At("value", item.Index)));
            case ("in", { } other):
                return OfValue($"must be an array with in, not {JsonKind.Of(other)}");
            case (_, { } single):
                return OfValue(ItemFault(kind, comparison, single));
        }
    }

    private static IEnumerable<ErrorDetail> OfValue(string? fault, string path = "value") => fault is null ? [] : [new ErrorDetail(path, fault)];

    private static string? ItemFault(Kind? kind, string comparison, JsonElement value) => kind switch
    {
        null => null,
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
        : value.ValueKind == JsonValueKind.Number && !(value.TryGetDouble(out var number) && double.IsFinite(number)) ? "must be a number of at most 1.7e308"
        : null;

    private static bool IsTime(JsonElement value) => TimeOnly.TryParseExact(Text(value), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : null;
}
