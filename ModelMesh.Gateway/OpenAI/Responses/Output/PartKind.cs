using System.Text;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>A kind of text in an answer, and what the API calls its field and its events.</summary>
internal sealed class PartKind
{
    private const string Sequence = ",\"sequence_number\":";
    private readonly byte[] _afterText;

    private PartKind(string type, string field, string events, string afterText = "")
    {
        (Type, Field, DeltaEvent, DoneEvent) = (type, field, $"{events}.delta", $"{events}.done");
        _afterText = Encoding.UTF8.GetBytes($"\"{afterText}{Sequence}");
    }

    public static PartKind OutputText { get; } = new("output_text", "text", "response.output_text", ",\"logprobs\":[]");

    public static PartKind Refusal { get; } = new("refusal", "refusal", "response.refusal");

    public static PartKind ReasoningText { get; } = new("reasoning_text", "text", "response.reasoning_text");

    public static PartKind Arguments { get; } = new("arguments", "arguments", "response.function_call_arguments");

    public string Type { get; }

    /// <summary>The field that holds the text.</summary>
    public string Field { get; }

    public string DeltaEvent { get; }

    public string DoneEvent { get; }

    /// <summary>What follows the text in an event that adds to it, up to its sequence number.</summary>
    public ReadOnlySpan<byte> AfterText => _afterText;

    /// <summary>What comes before the text in an event that adds to it: made once a text.</summary>
    /// <param name="contentIndex">Null for a text that is no part of a content.</param>
    public byte[] Head(OutputItem item, int? contentIndex) => Encoding.UTF8.GetBytes(
        $"event: {DeltaEvent}\ndata: {{\"type\":\"{DeltaEvent}\",\"item_id\":\"{item.Id}\",\"output_index\":{item.Index}{(contentIndex is { } index ? $",\"content_index\":{index}" : "")},\"delta\":\"");
}
