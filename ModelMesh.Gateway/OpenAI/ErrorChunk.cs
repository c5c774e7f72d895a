using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Errors;

namespace ModelMesh.Gateway.OpenAI;

/// <summary>The last event of an answer that was cut.</summary>
internal static class ErrorChunk
{
    public static void Write(AnswerOutput output, MeshException error)
    {
        output.Raw("data: "u8);
        output.Raw(OpenAIErrorShape.Body(error).AsSpan()[..^1]);

        // The .NET client does not look for an error: it takes an event without choices for an empty one, and a cut answer for a whole one. At this it fails.
        output.Raw(",\"choices\":null}\n\n"u8);
    }
}
