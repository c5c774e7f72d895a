using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Values;

/// <summary>Arguments of the form <c>KEY=VALUE</c>. Split at the last <c>=</c> where the value is a number, else at the first.</summary>
internal static class KeyValue
{
    public static (string Key, string Value) Split(string option, string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 ? (text[..sign], text[(sign + 1)..]) : throw CommandFailure.Usage($"{option} must be KEY=VALUE, not '{text}'.");
    }

    public static (string Key, int Value) SplitNumber(string what, string text)
    {
        var sign = text.LastIndexOf('=');
        return sign > 0 && int.TryParse(text.AsSpan(sign + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (text[..sign], number)
            : throw CommandFailure.Usage($"{what} must be VERSION=WEIGHT with a whole number, not '{text}'.");
    }

    /// <summary>What the value is as JSON: a number, true, false, null, an object, an array or a quoted text as such; anything else is text.</summary>
    public static JsonNode? Json(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    /// <summary>Puts a value at a path of names with dots between them, making the objects on the way.</summary>
    public static void Put(JsonObject target, string path, JsonNode? value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (target[name] is not JsonObject inner)
            {
                target[name] = inner = [];
            }

            target = inner;
        }

        target[names[^1]] = value;
    }
}
