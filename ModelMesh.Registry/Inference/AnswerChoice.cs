using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Inference;

/// <summary>One of the answers to a request, of which there is nearly always one.</summary>
internal sealed class AnswerChoice(int index)
{
    // The client for OpenAI of Microsoft.Extensions.AI writes it with a capital.
    private const string Refusal = "refusal";

    // No model calls as many tools at once; a backend that counts on would fill the memory here and at the gateway.
    private const int MaxCalls = 1024;

    private readonly SurrogateCarry _text = new();
    private SurrogateCarry? _reasoning;
    private SurrogateCarry? _refusal;
    private SortedList<int, SurrogateCarry>? _arguments;
    private int _calls;
    private string? _finishReason;

    /// <summary>Whether the backend said anything of it.</summary>
    public bool HasCome { get; private set; }

    /// <summary>Whether the backend said how it ended.</summary>
    public bool HasFinishReason => _finishReason is not null;

    /// <summary>What the backend said, or what the answer looks like.</summary>
    public string FinishReason
    {
        get => _finishReason ?? (_calls > 0 ? ChatFinishReason.ToolCalls.Value : ChatFinishReason.Stop.Value);
        set => (_finishReason, HasCome) = (value, true);
    }

    public void AddText(TokenBatch batch, string text, IReadOnlyList<TokenLogProbability>? logProbabilities = null)
    {
        HasCome = true;
        text = _text.Join(text);
        if (logProbabilities is { Count: > 0 })
        {
            if (!logProbabilities.All(token => token is { Token: not null, Top: not null } && token.Top.All(top => top is { Token: not null })))
            {
                // Found here, for where it is written it would pass for a reader that has gone.
                throw new BackendException(BackendErrorKind.Protocol, "The backend sent a log probability without its token.");
            }

            batch.Add(new AnswerPiece(text, new AnswerExtras { Choice = index, LogProbabilities = logProbabilities }));
        }
        else if (text.Length > 0)
        {
            batch.Add(new AnswerPiece(text, OfThis()));
        }
    }

    public void Add(TokenBatch batch, AIContent content)
    {
        HasCome = true;
        switch (content)
        {
            case TextReasoningContent reasoning:
                AddReasoning(batch, (_reasoning ??= new SurrogateCarry()).Join(reasoning.Text));
                break;
            case ErrorContent { ErrorCode: { } code } refusal when code.Equals(Refusal, StringComparison.OrdinalIgnoreCase):
                AddRefusal(batch, (_refusal ??= new SurrogateCarry()).Join(refusal.Message));
                break;
            case ErrorContent error:
                throw new BackendException(BackendErrorKind.Upstream, error.Message);
            case ToolCallPiece { Index: < 0 or >= MaxCalls }:
            case FunctionCallContent when _calls == MaxCalls:
                throw new BackendException(BackendErrorKind.Protocol, $"The backend numbered a tool call below 0, or above the {MaxCalls} that one answer may have.");
            case ToolCallPiece piece:
                _calls = Math.Max(_calls, piece.Index + 1);
                AddCall(batch, WithArguments(piece, CarryOf(piece.Index).Join(piece.Arguments)));
                break;
            case FunctionCallContent call:
                var whole = new ToolCallPiece(_calls++) { CallId = call.CallId, Name = call.Name, Arguments = ToolArguments.TextOf(call) };
                AddCall(batch, whole);
                break;
        }
    }

    public void End(TokenBatch batch)
    {
        if (_text.Rest() is { Length: > 0 } rest)
        {
            batch.Add(new AnswerPiece(rest, OfThis()));
        }

        AddReasoning(batch, _reasoning?.Rest() ?? "");
        AddRefusal(batch, _refusal?.Rest() ?? "");
        foreach (var (call, arguments) in _arguments ?? [])
        {
            if (arguments.Rest() is { Length: > 0 } half)
            {
                AddCall(batch, new ToolCallPiece(call) { Arguments = half });
            }
        }
    }

    private static ToolCallPiece WithArguments(ToolCallPiece piece, string arguments) =>
        ReferenceEquals(arguments, piece.Arguments) ? piece : new ToolCallPiece(piece.Index) { CallId = piece.CallId, Name = piece.Name, Arguments = arguments };

    // Parallel calls may arrive interleaved.
    private SurrogateCarry CarryOf(int call)
    {
        _arguments ??= [];
        return _arguments.TryGetValue(call, out var carry) ? carry : _arguments[call] = new SurrogateCarry();
    }

    private void AddCall(TokenBatch batch, ToolCallPiece piece) => batch.Add(new AnswerPiece("", new AnswerExtras { Choice = index, ToolCall = piece }));

    private AnswerExtras? OfThis() => index == 0 ? null : new AnswerExtras { Choice = index };

    private void AddReasoning(TokenBatch batch, string text)
    {
        if (text.Length > 0)
        {
            batch.Add(new AnswerPiece("", new AnswerExtras { Choice = index, Reasoning = text }));
        }
    }

    private void AddRefusal(TokenBatch batch, string text)
    {
        if (text.Length > 0)
        {
            batch.Add(new AnswerPiece("", new AnswerExtras { Choice = index, Refusal = text }));
        }
    }
}
