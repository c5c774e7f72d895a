using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Embed;

/// <summary>Reads what embeddings are wanted of: <c>input</c>, a text or several, and <c>dimensions</c>.</summary>
internal static class EmbedInputReader
{
    private const int MaxInputs = 2048;

    // No embedding model comes near; a number that large is a mistake.
    public const int MaxDimensions = 65_536;

    public static int? ReadDimensions(FieldReader fields) => (int?)fields.WholeNumber("dimensions", 1, MaxDimensions);

    public static List<string> ReadInputs(FieldReader fields, FaultList faults)
    {
        if (!fields.TryTake("input", out var input))
        {
            fields.Fault("input", "is required");
            return [];
        }

        if (input.ValueKind == JsonValueKind.String)
        {
            return [ReadText(input, "input", faults)];
        }

        if (input.ValueKind != JsonValueKind.Array || input.GetArrayLength() is 0 or > MaxInputs)
        {
            fields.Fault("input", $"must be a string or an array of 1 to {MaxInputs} strings");
            return [];
        }

        if (input[0].ValueKind is JsonValueKind.Number or JsonValueKind.Array)
        {
            fields.Fault("input", "must be text: token ids are not taken");
            return [];
        }

        return [.. input.EnumerateArray().Select((item, index) => ReadText(item, FieldPath.At("input", index), faults))];
    }

    private static string ReadText(JsonElement item, string path, FaultList faults)
    {
        if (item.ValueKind != JsonValueKind.String)
        {
            faults.Add(path, $"must be a string, not {JsonKind.Of(item)}");
        }
        else if (JsonText.Of(item) is not { } text)
        {
            faults.Add(path, "holds half of a surrogate pair");
        }
        else if (text.Length == 0)
        {
            faults.Add(path, "must not be empty");
        }
        else
        {
            return text;
        }

        return "";
    }
}
