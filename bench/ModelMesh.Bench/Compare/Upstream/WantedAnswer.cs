using System.Buffers;
using System.Text.Json;
using ModelMesh.Bench.Compare.Load;

namespace ModelMesh.Bench.Compare.Upstream;

/// <summary>What a chat completion's body asks of the synthetic upstream.</summary>
internal sealed record WantedAnswer(TokenPlan Plan, bool Stream)
{
    /// <returns>Null when the body is no JSON object, or its <c>model</c> no plan.</returns>
    public static WantedAnswer? TryRead(ReadOnlySequence<byte> body)
    {
        try
        {
            return Read(new Utf8JsonReader(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static WantedAnswer? Read(Utf8JsonReader reader)
    {
        TokenPlan? plan = null;
        var stream = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isModel, isStream) = (reader.ValueTextEquals("model"u8), reader.ValueTextEquals("stream"u8));
            reader.Read();
            if (isModel && reader.TokenType == JsonTokenType.String)
            {
                plan = TokenPlan.TryParse(reader.GetString()!);
            }
            else if (isStream)
            {
                stream = reader.TokenType == JsonTokenType.True;
            }

            reader.Skip();
        }

        return plan is null ? null : new WantedAnswer(plan, stream);
    }
}
