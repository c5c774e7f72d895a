using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Balancing;

namespace ModelMesh.Gateway.Registry.Balancing;

/// <summary>The beginning of a prompt, which backends keep in a cache.</summary>
internal static class PromptPrefix
{
    private const int MaxCharacters = 1024;

    /// <summary>A hash of the first 1,024 characters of a conversation's texts and of who said them; 0 where there is no text.</summary>
    public static ulong HashOf(IReadOnlyList<ChatMessage> messages)
    {
        var (hash, left) = (StableHash.Start, MaxCharacters);
        foreach (var message in messages)
        {
            hash = StableHash.Add(hash, message.Role);
            Add(message.Content, ref hash, ref left);
            foreach (var part in message.Parts)
            {
                Add(part.Text, ref hash, ref left);
            }

            if (left == 0)
            {
                break;
            }
        }

        return left == MaxCharacters ? 0 : StableHash.Mix(hash);
    }

    private static void Add(string text, ref ulong hash, ref int left)
    {
        var taken = Math.Min(text.Length, left);
        hash = StableHash.Add(hash, text.AsSpan(0, taken));
        left -= taken;
    }
}
