using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Embed;

/// <summary>The body of <c>POST /embed</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class EmbedBody
{
    private const int MaxInputs = 2048;

    // No embedding model comes near; a number that large is a mistake.
    public const int MaxDimensions = 65_536;

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static EmbeddingInputs Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var model = ModelFields.Read(fields);
        var inputs = new EmbeddingInputs
        {
            Model = model.Model,
            Version = model.Version,
            HashKey = model.HashKey,
            Inputs = ReadInputs(fields, faults),
            Dimensions = (int?)fields.WholeNumber("dimensions", 1, MaxDimensions),
            ExtraJson = fields.FreeForm("extra"),
        };
        fields.RefuseTheRest();
        faults.ThrowIfAny();
        return inputs;
    }

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
