using Microsoft.Extensions.AI;
using ModelMesh.ServiceDefaults.Balancing;

namespace ModelMesh.Registry.Endpoints;

/// <summary>What prompts that begin alike have in common: a hash of their first 1,024 characters, roles included.</summary>
internal static class PromptPrefix
{
    private const int Characters = 1024;

    public static ulong Of(IReadOnlyList<ChatMessage> messages)
    {
        var (hash, left) = (StableHash.Start, Characters);
        for (var index = 0; index < messages.Count && left > 0; index++)
        {
            hash = StableHash.Add(hash, messages[index].Role.Value);
            foreach (var content in messages[index].Contents)
            {
                hash = content is TextContent text ? Add(hash, text.Text, ref left) : hash;
            }
        }

        return StableHash.Mix(hash);
    }

    public static ulong Of(string text)
    {
        var left = Characters;
        return StableHash.Mix(Add(StableHash.Start, text, ref left));
    }

    private static ulong Add(ulong hash, string text, ref int left)
    {
        var taken = text.AsSpan(0, Math.Min(left, text.Length));
        left -= taken.Length;
        return StableHash.Add(hash, taken);
    }
}
