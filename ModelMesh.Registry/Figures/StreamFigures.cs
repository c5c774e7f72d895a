using System.Runtime.InteropServices;

namespace ModelMesh.Registry.Figures;

/// <summary>
/// What streams add up to. A stream's time to first token runs from the request's arrival at the registry, so it includes the wait for a slot and for the
/// model to load. Its generation speed is its output tokens after the first, divided by the time from the first until its backend ended the answer. Tokens are what
/// the backend counted or, where it counted nothing, the pieces it sent; of several answers to one request
/// it is the tokens of one.
/// </summary>
/// <param name="FirstTokens">How many streams had a first token.</param>
/// <param name="FirstTokenTime">Their times to first token, added up.</param>
/// <param name="StreamedTokens">The tokens after the first, of streams that completed.</param>
/// <param name="StreamedTime">The time those took, added up over the streams.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreamFigures(long FirstTokens, TimeSpan FirstTokenTime, long StreamedTokens, TimeSpan StreamedTime)
{
    /// <summary>One stream: 1. without a first token it says nothing; 2. cut short, or of one token, it says nothing of the speed.</summary>
    /// <param name="toFirstToken">Null when there was none.</param>
    /// <param name="streaming">From the first token to the end.</param>
    /// <param name="tokens">Output tokens in all.</param>
    /// <param name="completed">Whether the answer came to its own end: a stream that was cut may have been waiting for most of its time.</param>
    public static StreamFigures Of(TimeSpan? toFirstToken, TimeSpan streaming, long tokens, bool completed) => (toFirstToken, completed) switch
    {
        // 1.
        (null, _) => default,

        // 2.
        ({ } first, true) when tokens > 1 && streaming > TimeSpan.Zero => new StreamFigures(1, first, tokens - 1, streaming),
        ({ } first, _) => new StreamFigures(1, first, 0, TimeSpan.Zero),
    };

    public static StreamFigures operator +(StreamFigures left, StreamFigures right) => new(
        left.FirstTokens + right.FirstTokens,
        left.FirstTokenTime + right.FirstTokenTime,
        left.StreamedTokens + right.StreamedTokens,
        left.StreamedTime + right.StreamedTime);
}
