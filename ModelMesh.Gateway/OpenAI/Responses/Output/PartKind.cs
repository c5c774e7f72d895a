using System.Text;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>A kind of text in an answer, and what the API calls its field and its events.</summary>
internal sealed class PartKind
{
    private const string Sequence = ",\"sequence_number\":";
    private readonly byte[] _afterText;

    private PartKind(string type, string field, string events, string afterText = "")
    {
        (Type, Field, DeltaEvent, DoneEvent) = (type, field, $"response.{events}.delta", $"response.{events}.done");
        _afterText = Encoding.UTF8.GetBytes($"\"{afterText}{Sequence}");
    }

    public static PartKind OutputText { get; } = new("output_text", "text", "output_text", ",\"logprobs\":[]");

    public static PartKind Refusal { get; } = new("refusal", "refusal", "refusal");

    public static PartKind ReasoningText { get; } = new("reasoning_text", "text", "reasoning_text");

    public static PartKind ReasoningSummary { get; } = new("summary_text", "text", "reasoning_summary_text") { PartEvents = "response.reasoning_summary_part", IndexField = "summary_index" };

    public static PartKind Arguments { get; } = new("arguments", "arguments", "function_call_arguments");

    public string Type { get; }

    /// <summary>The field that holds the text.</summary>
    public string Field { get; }

    public string DeltaEvent { get; }

    public string DoneEvent { get; }

    /// <summary>What the events are called that say when a part begins and ends, up to their last word.</summary>
    public string PartEvents { get; private init; } = "response.content_part";

    /// <summary>The field that says which part of the item it is.</summary>
    public string IndexField { get; private init; } = "content_index";

    public bool IsReasoning => this == ReasoningText || this == ReasoningSummary;

    /// <summary>What follows the text in an event that adds to it, up to its sequence number.</summary>
    public ReadOnlySpan<byte> AfterText => _afterText;

    /// <summary>What comes before the text in an event that adds to it: made once a text.</summary>
    /// <param name="part">Which part of the item the text is; null where it is the item's one text.</param>
    public byte[] Head(OutputItem item, int? part) => Encoding.UTF8.GetBytes(
        $"event: {DeltaEvent}\ndata: {{\"type\":\"{DeltaEvent}\",\"item_id\":\"{item.Id}\",\"output_index\":{item.Index}{(part is { } index ? $",\"{IndexField}\":{index}" : "")},\"delta\":\"");
}
