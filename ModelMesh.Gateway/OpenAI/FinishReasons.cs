namespace ModelMesh.Gateway.OpenAI;

/// <summary>Why an answer ended, in the words that OpenAI's clients know. Some of them fail at any other.</summary>
internal static class FinishReasons
{
    public static string OfChat(string reason) => reason is "length" or "tool_calls" or "content_filter" ? reason : "stop";

    public static string OfCompletion(string reason) => reason is "length" or "content_filter" ? reason : "stop";
}
