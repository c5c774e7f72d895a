using System.Text.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>What the model thinks first. Where a summary is asked for it stands there as it is: nobody sums it up, and clients that ask show nothing else.</summary>
internal sealed class ReasoningItem(string requestId, int index) : ContentItem("rs", requestId, index)
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("type"u8, "reasoning"u8);
        json.WriteString("status"u8, Status);
        WriteParts(json, "summary", PartKind.ReasoningSummary);
        WriteParts(json, "content", PartKind.ReasoningText);
        json.WriteEndObject();
    }

    private void WriteParts(Utf8JsonWriter json, string name, PartKind kind)
    {
        json.WriteStartArray(name);
        foreach (var part in Content.Where(part => part.Kind == kind))
        {
            part.Write(json);
        }

        json.WriteEndArray();
    }
}
