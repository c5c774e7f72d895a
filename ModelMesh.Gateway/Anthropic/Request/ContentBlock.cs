using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>One block of an array <c>content</c> or <c>system</c>, before its fields are looked at.</summary>
internal sealed record ContentBlock(string Type, string Path, FieldReader Fields)
{
    private const int MaxTypeLength = 64;

    /// <summary>The blocks that are objects and say their type; the others are faults.</summary>
    public static IEnumerable<ContentBlock> ReadAll(JsonElement blocks, string path, FaultList faults)
    {
        foreach (var (index, block) in blocks.EnumerateArray().Index())
        {
            var at = FieldPath.At(path, index);
            if (block.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, $"must be an object with type, not {JsonKind.Of(block)}");
                continue;
            }

            var fields = new FieldReader(block, at, faults);
            if (fields.RequiredText("type", MaxTypeLength) is { Length: > 0 } type)
            {
                yield return new ContentBlock(type, at, fields);
            }
        }
    }

    /// <param name="supported">The types there are at this place, in words.</param>
    public void Refuse(string supported) => Fields.Fault("type", $"'{Type}' is not supported here, only {supported}");

    /// <summary>A text that has to be there, but may be empty.</summary>
    public string Text(string name)
    {
        if (!Fields.Has(name))
        {
            Fields.Fault(name, "is required");
        }

        return Fields.Text(name, int.MaxValue) ?? "";
    }
}
