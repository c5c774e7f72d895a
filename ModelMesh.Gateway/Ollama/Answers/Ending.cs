using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>What the end of an answer says.</summary>
/// <param name="Reason">In Ollama's words.</param>
/// <param name="Usage">Null when no model was asked.</param>
internal sealed record Ending(string Reason, Usage? Usage = null, CallTimes Times = default, int SkippedChunks = 0)
{
    public static Ending Of(Completed completed, string finishReason, CallTimes times) =>
        new(ReasonOf(finishReason), completed.Usage ?? new Usage(), times, completed.SkippedChunks);

    // Ollama says stop also of an answer that calls tools. What it has no word for stays as it is: its clients take any.
    private static string ReasonOf(string finishReason) => finishReason is "tool_calls" or "" ? "stop" : finishReason;
}
