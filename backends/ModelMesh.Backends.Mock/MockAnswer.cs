using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Mock;

/// <summary>
/// One answer, token by token. Updates of short fixed texts and generated words are made once and shared by all calls, so such a token allocates
/// nothing; the host only reads updates. Those of an echo, which is the caller's own, and of a long text, which would fill the memory, are made
/// as they go out.
/// </summary>
internal abstract class MockAnswer
{
    private const int MaxPreparedWords = 1_000;

    public abstract int Count { get; }

    /// <summary>The next token's update; called once for each index, in order.</summary>
    public abstract ChatResponseUpdate At(int index);

    /// <summary>An answer of the words of one text, for any number of calls.</summary>
    public static MockAnswer Fixed(string text) => new Cut(text) is { Count: > MaxPreparedWords } cut ? cut : new Prepared(text);

    internal static ChatResponseUpdate Update(string token) => new(ChatRole.Assistant, token);

    /// <summary>The words of a text, each an update already.</summary>
    private sealed class Prepared(string text) : MockAnswer
    {
        private readonly ChatResponseUpdate[] _updates = [.. Words.Split(text).Select(range => Update(text[range]))];

        public override int Count => _updates.Length;

        public override ChatResponseUpdate At(int index) => _updates[index];
    }

    /// <summary>The words of a text, each made an update when its turn comes.</summary>
    internal sealed class Cut(string text) : MockAnswer
    {
        private readonly List<Range> _words = Words.Split(text);

        public override int Count => _words.Count;

        public override ChatResponseUpdate At(int index) => Update(text[_words[index]]);
    }

    /// <summary>Words drawn from a small vocabulary.</summary>
    internal sealed class Generated(int count, Random random) : MockAnswer
    {
        private static readonly ChatResponseUpdate[] First = [.. Words.Vocabulary.Select(Update)];
        private static readonly ChatResponseUpdate[] Later = [.. Words.Vocabulary.Select(word => Update(" " + word))];

        public override int Count => count;

        public override ChatResponseUpdate At(int index) => (index == 0 ? First : Later)[random.Next(First.Length)];
    }
}
