using System.Runtime.InteropServices;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>Where a call's time went, as measured. The three parts add up to the whole.</summary>
/// <param name="Load">From when the request had been read to its first token, less the backend's part of that: what the mesh took.</param>
/// <param name="PromptEval">From the backend's call to its first token, with whatever the backend waits for itself.</param>
/// <param name="Eval">From the first token to the end.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallTimes(TimeSpan Load, TimeSpan PromptEval, TimeSpan Eval)
{
    public TimeSpan Total => Load + PromptEval + Eval;

    /// <summary>Of an answer that ends now.</summary>
    /// <param name="began">When the request had been read, as the time provider's timestamp.</param>
    public static CallTimes Now(TimeProvider time, long began, AnswerContext context) =>
        Of(time.GetElapsedTime(began, context.FirstToken), context.BackendWait, time.GetElapsedTime(context.FirstToken));

    /// <summary>Two machines' clocks measured the first two, so the backend's part may seem the longer one.</summary>
    public static CallTimes Of(TimeSpan untilFirst, TimeSpan backendWait, TimeSpan rest)
    {
        var backend = backendWait < untilFirst ? backendWait : untilFirst;
        return new CallTimes(untilFirst - backend, backend, rest);
    }
}
