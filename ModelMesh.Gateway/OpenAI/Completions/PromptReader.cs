using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Completions;

/// <summary>Reads <c>prompt</c>: a text, or several of them.</summary>
internal static class PromptReader
{
    private const string Field = "prompt";

    public static List<string> Read(FieldReader fields, FaultList faults, int maxPrompts)
    {
        if (!fields.TryTake(Field, out var prompt))
        {
            fields.Fault(Field, "is required");
            return [];
        }

        if (prompt.ValueKind == JsonValueKind.String)
        {
            return [ReadText(prompt, Field, faults)];
        }

        if (prompt.ValueKind != JsonValueKind.Array || prompt.GetArrayLength() == 0 || prompt.GetArrayLength() > maxPrompts)
        {
            fields.Fault(Field, $"must be a string or an array of 1 to {maxPrompts} strings");
            return [];
        }

        if (prompt[0].ValueKind is JsonValueKind.Number or JsonValueKind.Array)
        {
            fields.Fault(Field, "must be text: token ids are not taken");
            return [];
        }

        return [.. prompt.EnumerateArray().Select((item, index) => ReadText(item, FieldPath.At(Field, index), faults))];
    }

    private static string ReadText(JsonElement item, string path, FaultList faults)
    {
        if (item.ValueKind != JsonValueKind.String)
        {
            faults.Add(path, $"must be a string, not {JsonKind.Of(item)}");
        }
        else if (JsonText.Of(item) is { } text)
        {
            return text;
        }
        else
        {
            faults.Add(path, "holds half of a surrogate pair");
        }

        return "";
    }
}
