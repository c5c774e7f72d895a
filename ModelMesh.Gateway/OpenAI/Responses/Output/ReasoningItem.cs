using System.Text.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>What the model thinks first, as it is: nobody sums it up.</summary>
internal sealed class ReasoningItem(string requestId, int index) : ContentItem("rs", requestId, index)
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("type"u8, "reasoning"u8);
        json.WriteString("status"u8, Status);
        json.WriteStartArray("summary"u8);
        json.WriteEndArray();
        json.WriteStartArray("content"u8);
        Content.ForEach(part => part.Write(json));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
