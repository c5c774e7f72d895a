namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>
/// Why an answer ended, in the API's words.
/// 1. A refusal is one, whatever else ended it.
/// 2. The words that OpenAI's servers use have their equals.
/// 3. An answer that calls tools ended for that, also where its backend says <c>stop</c>: clients decide by this word whether to run them.
/// 4. A word that nobody knows is passed on as it is.
/// </summary>
internal static class StopReason
{
    private const string MaxTokens = "max_tokens";
    private const string CallsTools = "tool_use";
    private const string Refusal = "refusal";

    public static string Of(string finishReason, bool isRefused, bool hasCalls) => finishReason switch
    {
        // 1
        _ when isRefused => Refusal,

        // 2
        "length" => MaxTokens,
        "content_filter" => Refusal,
        "tool_calls" or "function_call" => CallsTools,

        // 3
        "stop" or "" => hasCalls ? CallsTools : "end_turn",

        // 4
        _ => finishReason,
    };
}
