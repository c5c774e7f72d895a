using System.Text.Json;

namespace ModelMesh.Contracts.Traffic;

/// <summary>One comparison with a request.</summary>
/// <param name="Field"><c>model</c>, <c>capability</c>, <c>prompt_length</c>, <c>user_tier</c>, <c>header.NAME</c>, <c>label.NAME</c>, <c>metadata.NAME</c> or <c>time</c>.</param>
/// <param name="Operator"><c>eq</c>, <c>ne</c>, <c>gt</c>, <c>lt</c>, <c>in</c>, <c>contains</c> or <c>exists</c>.</param>
/// <param name="Value">A string, a number, true or false, for <c>in</c> an array of them; absent with <c>exists</c>.</param>
public sealed record RuleCondition(string Field, string Operator, JsonElement? Value = null);
