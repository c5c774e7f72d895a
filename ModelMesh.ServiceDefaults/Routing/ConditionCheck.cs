using System.Globalization;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>
/// Whether a condition holds.
/// 1. <c>exists</c>: the field is there; with the value false: it is not.
/// 2. A field that is not there: <c>ne</c> holds, nothing else does.
/// 3. <c>ne</c>: <c>eq</c> does not hold. <c>in</c>: <c>eq</c> holds for one of the values.
/// 4. A set: <c>eq</c> and <c>contains</c> hold where it has the value; the rest does not.
/// 5. <c>eq</c>, <c>gt</c> and <c>lt</c>: with a number as numbers, also a text that is one; with true or false as such, also in words; texts by their code units; <c>contains</c> on texts.
/// Kinds that do not compare are not equal.
/// </summary>
internal static class ConditionCheck
{
    public static bool Holds(RuleCondition condition, FieldValue actual)
    {
        var expected = Expected(condition);
        return condition.Operator switch
        {
            // 1
            "exists" => actual.Exists != (expected.Flag == false),

            // 2, 3
            "ne" => !Compare("eq", actual, expected),
            "in" => (expected.Items ?? []).Any(one => Compare("eq", actual, one)),
            var other => Compare(other, actual, expected),
        };
    }

    private static FieldValue Expected(RuleCondition condition)
    {
        var expected = FieldValue.Of(condition.Value);
        return condition.Field == RequestFields.Time && expected.Text is { } text && RequestFields.TimeOfDay(text) is { } time ? FieldValue.Of(time) : expected;
    }

    private static bool Compare(string comparison, FieldValue actual, FieldValue expected)
    {
        // 4
        if (actual.Items is { } items)
        {
            return comparison is "eq" or "contains" && items.Any(item => Compare("eq", item, expected));
        }

        // 5
        return expected switch
        {
            { Number: { } number } => NumberOf(actual) is { } given && IsMet(comparison, given.CompareTo(number)),
            { Flag: { } flag } => comparison is "eq" && FlagOf(actual) == flag,
            { Text: { } text } when actual.Text is { } given => comparison is "contains" ? given.Contains(text, StringComparison.Ordinal) : IsMet(comparison, string.CompareOrdinal(given, text)),
            _ => false,
        };
    }

    private static bool IsMet(string comparison, int order) => comparison switch
    {
        "eq" => order == 0,
        "gt" => order > 0,
        "lt" => order < 0,
        _ => false,
    };

    private static double? NumberOf(FieldValue value) =>
        value.Number ?? (double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null);

    private static bool? FlagOf(FieldValue value) => value.Flag ?? value.Text switch { "true" => true, "false" => false, _ => null };
}
