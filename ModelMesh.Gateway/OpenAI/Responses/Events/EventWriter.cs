using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.OpenAI.Responses.Output;

namespace ModelMesh.Gateway.OpenAI.Responses.Events;

/// <summary>Writes the events of one stream, which are numbered from 0. Not thread-safe.</summary>
internal sealed class EventWriter(AnswerOutput output)
{
    // As many digits as a number of 64 bits can have.
    private const int MaxDigits = 20;
    private long _sequence;

    /// <summary>An event that adds to a text. Costs no object.</summary>
    /// <param name="head">What <see cref="PartKind.Head"/> made.</param>
    public void Delta(byte[] head, string text, PartKind kind)
    {
        output.Raw(head);
        output.Escaped(text);
        output.Raw(kind.AfterText);
        Span<byte> digits = stackalloc byte[MaxDigits];
        var formatted = Utf8Formatter.TryFormat(_sequence++, digits, out var length);
        Debug.Assert(formatted, "every number has its digits");
        output.Raw(digits[..length]);
        output.Raw("}\n\n"u8);
    }

    /// <param name="fields">Writes the fields between <c>type</c> and <c>sequence_number</c>.</param>
    public void Event(string type, Action<Utf8JsonWriter> fields)
    {
        output.Raw(Encoding.UTF8.GetBytes($"event: {type}\ndata: "));
        output.Raw(ReadableBytes.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            fields(json);
            json.WriteNumber("sequence_number"u8, _sequence++);
            json.WriteEndObject();
        }).Span);
        output.Raw("\n\n"u8);
    }

    /// <summary>An event of the response as a whole.</summary>
    public void Response(string type, ReadOnlyMemory<byte> response) => Event(type, json =>
    {
        json.WritePropertyName("response"u8);
        json.WriteRawValue(response.Span, skipInputValidation: true);
    });

    /// <summary>An event of one item as a whole.</summary>
    public void Item(string type, OutputItem item) => Event(type, json =>
    {
        json.WriteNumber("output_index"u8, item.Index);
        json.WritePropertyName("item"u8);
        item.Write(json);
    });
}
