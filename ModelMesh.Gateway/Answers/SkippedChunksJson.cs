using System.Text.Json;

namespace ModelMesh.Gateway.Answers;

/// <summary>What neither OpenAI nor Anthropic has a word for: some of the backend's stream could not be read and is missing in the answer.</summary>
internal static class SkippedChunksJson
{
    public static void Write(Utf8JsonWriter json, int skippedChunks)
    {
        if (skippedChunks > 0)
        {
            json.WriteStartObject("modelmesh"u8);
            json.WriteNumber("skipped_chunks"u8, skippedChunks);
            json.WriteEndObject();
        }
    }
}
