using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>Reads one choice of a chunk into an update; null when it holds nothing.</summary>
internal static class ChoiceReader
{
    public static BackendUpdate? Read(ref Utf8JsonReader reader, int position)
    {
        ChunkReader.Expect(ref reader, JsonTokenType.StartObject);
        var contents = default(ContentsBuilder);
        var choice = position;
        ChatFinishReason? finish = null;
        IReadOnlyList<TokenLogProbability>? logProbabilities = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                DeltaReader.Read(ref reader, ref contents);
            }
            else if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                choice = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                finish = FinishReasons.Read(ref reader);
            }
            else if (reader.ValueTextEquals("logprobs"u8))
            {
                reader.Read();
                logProbabilities = JsonSerializer.Deserialize(ref reader, OpenAIWireJson.Default.WireLogProbabilities)?.ToTokens();
            }
            else
            {
                reader.Skip();
            }
        }

        if (contents.List is null && finish is null && logProbabilities is null)
        {
            return null;
        }

        return new BackendUpdate(ChatRole.Assistant, contents.List ?? [])
        {
            Choice = choice,
            FinishReason = finish,
            LogProbabilities = logProbabilities,
        };
    }
}
