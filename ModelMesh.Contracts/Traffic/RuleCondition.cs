using System.Text.Json;

namespace ModelMesh.Contracts.Traffic;

/// <summary>
/// One comparison with a request. Which operators a field takes, and of what kind the value is:
/// <list type="bullet">
/// <item><c>prompt_length</c>: <c>eq ne gt lt</c> a number, <c>in</c> an array of numbers.</item>
/// <item><c>time</c>, the time of day in UTC: <c>eq ne gt lt</c> a text <c>HH:mm</c>, compared by the minute, <c>in</c> an array of them.</item>
/// <item><c>time.weekday</c>, in UTC: <c>eq ne</c> one of <c>mon tue wed thu fri sat sun</c>, <c>in</c> an array of them.</item>
/// <item><c>capability</c>, a set: <c>eq contains</c> a text it has, <c>ne</c> one it has not, <c>in</c> an array of which it has one.</item>
/// <item><c>model</c>, <c>user_tier</c>: <c>eq ne contains</c> a text, <c>in</c> an array of texts.</item>
/// <item><c>header.NAME</c>, <c>label.NAME</c>, <c>metadata.NAME</c> with dots for nesting: <c>eq ne</c> a text, a number, true or false; <c>gt lt</c> a number; <c>in</c> an array of
/// those; <c>contains</c> a text.</item>
/// </list>
/// <c>exists</c> goes with all of them: true or no value where it has to be there, false where it must not.
/// </summary>
/// <param name="Field"><c>model</c>, <c>capability</c>, <c>prompt_length</c>, <c>user_tier</c>, <c>header.NAME</c>, <c>label.NAME</c>, <c>metadata.NAME</c>, <c>time</c> or <c>time.weekday</c>.</param>
/// <param name="Operator"><c>eq</c>, <c>ne</c>, <c>gt</c>, <c>lt</c>, <c>in</c>, <c>contains</c> or <c>exists</c>.</param>
/// <param name="Value">A string, a number, true or false, for <c>in</c> an array of them; absent with <c>exists</c>, or true or false.</param>
public sealed record RuleCondition(string Field, string Operator, JsonElement? Value = null);
