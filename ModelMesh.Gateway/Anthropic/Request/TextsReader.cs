using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads what may be a string or an array of text blocks.</summary>
internal static class TextsReader
{
    /// <param name="name">The field, for faults.</param>
    /// <param name="path">Its path.</param>
    public static MessageParts Read(FieldReader fields, string name, string path, JsonElement value, FaultList faults)
    {
        var parts = new MessageParts();
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var block in ContentBlock.ReadAll(value, path, faults))
            {
                if (block.Type == "text")
                {
                    parts.Add(new ContentPart { Text = block.Text("text") }, block.Path);
                }
                else
                {
                    block.Refuse("text");
                }
            }
        }
        else if (ReadString(fields, name, value) is { } text)
        {
            parts.Add(new ContentPart { Text = text }, path);
        }

        return parts;
    }

    /// <summary>Null with the fault reported where it is no text.</summary>
    public static string? ReadString(FieldReader fields, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            fields.Wrong(name, "a string or an array of blocks", value);
            return null;
        }

        if (JsonText.Of(value) is { } text)
        {
            return text;
        }

        fields.Fault(name, "holds half of a surrogate pair");
        return null;
    }
}
