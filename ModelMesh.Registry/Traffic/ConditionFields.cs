using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary>Reads the conditions of a rule.</summary>
internal static class ConditionFields
{
    private const int MostConditions = 64;
    private const int LongestField = 400;

    public static IReadOnlyList<RuleCondition> Conditions(this FieldReader fields, string field, FaultList faults)
    {
        if (!fields.TryTake(field, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(field, "an array of objects", value);
            return [];
        }

        if (value.GetArrayLength() > MostConditions)
        {
            fields.Fault(field, $"must have at most {MostConditions} entries");
            return [];
        }

        return [.. value.EnumerateArray().Index().Select(item => One(item.Item, FieldPath.At(field, item.Index), faults)).OfType<RuleCondition>()];
    }

    private static RuleCondition? One(JsonElement value, string place, FaultList faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(place, $"must be an object, not {JsonKind.Of(value)}");
            return null;
        }

        var fields = new FieldReader(value, place, faults);
        var (field, comparison) = (fields.RequiredText("field", LongestField), fields.RequiredText("operator", LongestField));
        JsonElement? expected = fields.TryTake("value", out var given) ? given.Clone() : null;
        fields.RefuseTheRest();
        var condition = new RuleCondition(field, comparison, expected);
        foreach (var fault in ConditionRules.FaultsOf(condition))
        {
            fields.Fault(fault.Field, fault.Message);
        }

        return condition;
    }
}
