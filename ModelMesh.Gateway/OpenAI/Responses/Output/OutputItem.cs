using System.Text.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>One item of an answer's output. Its id is made of the request's.</summary>
internal abstract class OutputItem(string prefix, string requestId, int index)
{
    public int Index => index;

    public string Id { get; } = $"{prefix}_{requestId}_{index}";

    public string Status { get; set; } = ItemStatus.InProgress;

    public abstract void Write(Utf8JsonWriter json);
}
