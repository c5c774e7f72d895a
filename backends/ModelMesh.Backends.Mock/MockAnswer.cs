using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

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

    /// <summary>How it ends when nothing cuts it.</summary>
    public virtual ChatFinishReason FinishReason => ChatFinishReason.Stop;

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

    /// <summary>The words of a thought, then an answer.</summary>
    internal sealed class Reasoned(string thought, MockAnswer answer) : MockAnswer
    {
        private readonly List<Range> _words = Words.Split(thought);

        public override int Count => _words.Count + answer.Count;

        public override ChatResponseUpdate At(int index) => index < _words.Count
            ? new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent(thought[_words[index]])])
            : answer.At(index - _words.Count);
    }

    /// <summary>An answer with a token before it.</summary>
    internal sealed class Prefixed(string prefix, MockAnswer answer) : MockAnswer
    {
        public override int Count => answer.Count + 1;

        public override ChatResponseUpdate At(int index) => index == 0 ? Update(prefix) : answer.At(index - 1);
    }

    /// <summary>Calls of tools at once, in pieces as models write them: all the names, then the arguments of each in two halves, interleaved.</summary>
    internal sealed class ToolCalls(IReadOnlyList<string> names, string arguments) : MockAnswer
    {
        private const int PiecesPerCall = 3;
        private readonly string _id = Guid.NewGuid().ToString("N")[..12];

        public override int Count => names.Count * PiecesPerCall;

        public override ChatFinishReason FinishReason => ChatFinishReason.ToolCalls;

        public override ChatResponseUpdate At(int index)
        {
            var call = index % names.Count;
            var half = arguments.Length / 2;
            return new ChatResponseUpdate(ChatRole.Assistant, [(index / names.Count) switch
            {
                0 => new ToolCallPiece(call) { CallId = $"call_{_id}_{call}", Name = names[call] },
                1 => new ToolCallPiece(call) { Arguments = arguments[..half] },
                _ => new ToolCallPiece(call) { Arguments = arguments[half..] },
            }]);
        }
    }
}
