using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>Reads one choice of a chunk into an update; null when it holds nothing.</summary>
internal static class ChoiceReader
{
    /// <param name="reused">Taken for a plain text; null where every update is to be its own.</param>
    public static BackendUpdate? Read(ref Utf8JsonReader reader, int position, ReusedUpdate? reused)
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

        if (finish is null && logProbabilities is null)
        {
            if (contents.IsEmpty)
            {
                return null;
            }

            if (reused is not null && contents.OnlyText is { } text)
            {
                return reused.With(text, choice);
            }
        }

        return new BackendUpdate(ChatRole.Assistant, contents.IsEmpty ? [] : contents.ToList())
        {
            Choice = choice,
            FinishReason = finish,
            LogProbabilities = logProbabilities,
        };
    }
}
