using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using OpenAI.Chat;

namespace ModelMesh.Bench.Wire;

/// <summary>Reads an answer to its end.</summary>
internal static class Drain
{
    private static readonly BackendCallOptions Options = new();

    /// <returns>How many characters of text there were.</returns>
    /// <exception cref="InvalidOperationException">They are not those of a canned answer.</exception>
    public static async Task<int> TextAsync(IChatClient client)
    {
        var characters = 0;
        await foreach (var update in client.GetStreamingResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "hello")], Options))
        {
            // A foreach over the interface would allocate an enumerator, which is no part of the client.
            for (var index = 0; index < update.Contents.Count; index++)
            {
                characters += update.Contents[index] is TextContent text ? text.Text.Length : 0;
            }
        }

        return Whole(characters);
    }

    public static async Task<int> TextAsync(ChatClient client)
    {
        var characters = 0;
        await foreach (var update in client.CompleteChatStreamingAsync(new UserChatMessage("hello")))
        {
            for (var index = 0; index < update.ContentUpdate.Count; index++)
            {
                characters += update.ContentUpdate[index].Text.Length;
            }
        }

        return Whole(characters);
    }

    private static int Whole(int characters) =>
        characters == CannedAnswer.Chunks * CannedAnswer.TextLength ? characters : throw new InvalidOperationException($"There were {characters} characters.");
}
