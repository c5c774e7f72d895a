using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Traffic;
using Xunit;

namespace ModelMesh.Registry.Tests.Traffic;

public sealed class ConditionRulesTests
{
    [Theory]
    [InlineData("model", "eq", "\"chat\"")]
    [InlineData("model", "in", """["a","b"]""")]
    [InlineData("user_tier", "contains", "\"gold\"")]
    [InlineData("capability", "ne", "\"tools\"")]
    [InlineData("prompt_length", "gt", "8000")]
    [InlineData("prompt_length", "in", "[1,2]")]
    [InlineData("time", "lt", "\"08:30\"")]
    [InlineData("time.weekday", "in", """["sat","sun"]""")]
    [InlineData("header.x-team", "eq", "\"search\"")]
    [InlineData("label.size", "gt", "3")]
    [InlineData("metadata.user.beta", "eq", "true")]
    [InlineData("metadata.user", "in", """["a",1,false]""")]
    [InlineData("header.x-team", "exists", null)]
    [InlineData("time", "exists", "true")]
    [InlineData("model", "exists", "false")]
    public void Condition_ThatCanHold_HasNoFault(string field, string comparison, string? value) => Assert.Empty(FaultsOf(field, comparison, value));

    [Theory]
    [InlineData("colour", "eq", "\"red\"", "field: must be one of model, capability")]
    [InlineData("header.", "eq", "\"x\"", "field: must be one of")]
    [InlineData("model", "like", "\"x\"", "operator: must be one of eq, ne, gt, lt, in, contains, exists")]
    [InlineData("model", "gt", "1", "operator: must be one of eq, ne, in, contains, exists for model")]
    [InlineData("time.weekday", "lt", "\"mon\"", "operator: must be one of eq, ne, in, exists for time.weekday")]
    [InlineData("prompt_length", "contains", "\"1\"", "operator: must be one of eq, ne, gt, lt, in, exists for prompt_length")]
    [InlineData("prompt_length", "gt", "\"8000\"", "value: must be a number, not a string")]
    [InlineData("label.size", "lt", "\"3\"", "value: must be a number, not a string")]
    [InlineData("model", "eq", null, "value: is required")]
    [InlineData("model", "eq", "5", "value: must be a string, not a number")]
    [InlineData("model", "in", "\"a\"", "value: must be an array with in, not a string")]
    [InlineData("model", "in", "[]", "value: must not be empty")]
    [InlineData("model", "in", """["a",1]""", "value[1]: must be a string, not a number")]
    [InlineData("time", "gt", "\"8:30\"", "value: must be a time of day in UTC such as \"08:30\"")]
    [InlineData("time", "eq", "\"24:00\"", "value: must be a time of day in UTC such as \"08:30\"")]
    [InlineData("time.weekday", "eq", "\"monday\"", "value: must be one of mon, tue")]
    [InlineData("metadata.a", "eq", "{}", "value: must be a string, a number, true or false, not an object")]
    [InlineData("metadata.a", "exists", "1", "value: must be true, false or absent with exists, not a number")]
    [InlineData("prompt_length", "gt", "1e400", "value: must be a number of at most 1.7e308")]
    [InlineData("label.size", "eq", "-1e400", "value: must be a number of at most 1.7e308")]
    [InlineData("prompt_length", "in", "[\"1\",2,true]", "value[0]: must be a number, not a string; value[2]: must be a number, not")]
    [InlineData("colour", "like", "1", "field: must be one of model, capability, prompt_length, user_tier, header.NAME, label.NAME, metadata.NAME, time and time.weekday; operator: must")]
    [InlineData("colour", "in", "1", "field: must be one of model, capability, prompt_length, user_tier, header.NAME, label.NAME, metadata.NAME, time and time.weekday; value: must be an array")]
    [InlineData("", "in", "[]", "value: must not be empty")]
    [InlineData("model", "eq", "\"\\ud800\"", "value: holds half of a surrogate pair")]
    public void Condition_ThatCannotBeMeant_IsAFault(string field, string comparison, string? value, string fault) => Assert.StartsWith(fault, FaultsOf(field, comparison, value), StringComparison.Ordinal);

    private static string FaultsOf(string field, string comparison, string? value)
    {
        using var document = value is null ? null : JsonDocument.Parse(value);
        return string.Join("; ", ConditionRules.FaultsOf(new RuleCondition(field, comparison, document?.RootElement)).Select(fault => $"{fault.Field}: {fault.Message}"));
    }
}
