using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>What came of a chat: everything its updates carried, taken together.</summary>
public sealed class ChatOutcome
{
    private readonly Dictionary<int, ToolCallSoFar> _pieces = [];
    private readonly List<ToolCallSoFar> _calls = [];

    /// <summary>The pieces of text of the first answer, in order.</summary>
    public List<string> Pieces { get; } = [];

    public string Text => TextOf(0);

    public string Reasoning { get; private set; } = "";

    public string Refusal { get; private set; } = "";

    public Dictionary<int, ChatFinishReason> FinishReasons { get; } = [];

    public ChatFinishReason? FinishReason => FinishReasons.TryGetValue(0, out var reason) ? reason : null;

    public UsageDetails? Usage { get; private set; }

    public int SkippedChunks { get; private set; }

    public List<TokenLogProbability> LogProbabilities { get; } = [];

    /// <summary>How many pieces of arguments came.</summary>
    public int ToolCallPieces { get; private set; }

    /// <summary>Id, name and arguments of each tool call, in the order they were begun.</summary>
    public IReadOnlyList<(string Id, string Name, string Arguments)> ToolCalls => [.. _calls.Select(call => (call.Id, call.Name, call.Arguments))];

    private Dictionary<int, string> Texts { get; } = [];

    /// <summary>The text of one of the answers.</summary>
    public string TextOf(int choice) => Texts.GetValueOrDefault(choice, "");

    public void Add(ChatResponseUpdate update)
    {
        var more = update as BackendUpdate;
        var choice = more?.Choice ?? 0;
        SkippedChunks += more?.SkippedChunks ?? 0;
        LogProbabilities.AddRange(more?.LogProbabilities ?? []);
        if (update.FinishReason is { } reason)
        {
            FinishReasons[choice] = reason;
        }

        foreach (var content in update.Contents)
        {
            Add(content, choice);
        }
    }

    private void Add(AIContent content, int choice)
    {
        switch (content)
        {
            case TextReasoningContent reasoning:
                Reasoning += reasoning.Text;
                break;
            case TextContent { Text.Length: > 0 } text:
                Texts[choice] = TextOf(choice) + text.Text;
                if (choice == 0)
                {
                    Pieces.Add(text.Text);
                }

                break;
            case ErrorContent { ErrorCode: "refusal" } refusal:
                Refusal += refusal.Message;
                break;
            case UsageContent usage:
                Usage = usage.Details;
                break;
            case FunctionCallContent call:
                _calls.Add(new ToolCallSoFar { Id = call.CallId, Name = call.Name, Arguments = ToolArguments.TextOf(call) });
                break;
            case ToolCallPiece piece:
                Add(piece);
                break;
        }
    }

    private void Add(ToolCallPiece piece)
    {
        if (!_pieces.TryGetValue(piece.Index, out var call))
        {
            _pieces[piece.Index] = call = new ToolCallSoFar();
            _calls.Add(call);
        }

        ToolCallPieces += piece.Arguments.Length > 0 ? 1 : 0;
        call.Id += piece.CallId;
        call.Name += piece.Name;
        call.Arguments += piece.Arguments;
    }

    private sealed class ToolCallSoFar
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string Arguments { get; set; } = "";
    }
}
