using System.Text;
using System.Text.Json;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>One text of an answer, as it grows.</summary>
internal sealed class TextPart(PartKind kind)
{
    private readonly StringBuilder _text = new();
    private List<TokenLogprob>? _logprobs;

    public PartKind Kind => kind;

    public string Text => _text.ToString();

    public IReadOnlyList<TokenLogprob> Logprobs => _logprobs ?? [];

    public void Add(string text, IReadOnlyList<TokenLogprob> logprobs)
    {
        _text.Append(text);
        if (logprobs.Count > 0)
        {
            (_logprobs ??= []).AddRange(logprobs);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, kind.Type);
        if (kind == PartKind.OutputText)
        {
            json.WriteStartArray("annotations"u8);
            json.WriteEndArray();
            LogprobsJson.Write(json, Logprobs);
        }

        json.WriteString(kind.Field, Text);
        json.WriteEndObject();
    }
}
