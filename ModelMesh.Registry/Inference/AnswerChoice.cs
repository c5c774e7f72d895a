using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Inference;

/// <summary>One of the answers to a request, of which there is nearly always one.</summary>
internal sealed class AnswerChoice(int index)
{
    // The client for OpenAI of Microsoft.Extensions.AI writes it with a capital.
    private const string Refusal = "refusal";

    private readonly SurrogateCarry _text = new();
    private SurrogateCarry? _reasoning;
    private SurrogateCarry? _refusal;
    private int _calls;
    private string? _finishReason;

    /// <summary>What the backend said, or what the answer looks like.</summary>
    public string FinishReason
    {
        get => _finishReason ?? (_calls > 0 ? ChatFinishReason.ToolCalls.Value : ChatFinishReason.Stop.Value);
        set => _finishReason = value;
    }

    public void AddText(TokenBatch batch, string text, IReadOnlyList<TokenLogProbability>? logProbabilities = null)
    {
        text = _text.Join(text);
        if (logProbabilities is { Count: > 0 })
        {
            batch.Add(new AnswerPiece(text, new AnswerExtras { Choice = index, LogProbabilities = logProbabilities }));
        }
        else if (text.Length > 0)
        {
            batch.Add(new AnswerPiece(text, OfThis()));
        }
    }

    public void Add(TokenBatch batch, AIContent content)
    {
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
            case ToolCallPiece piece:
                _calls = Math.Max(_calls, piece.Index + 1);
                batch.Add(new AnswerPiece("", new AnswerExtras { Choice = index, ToolCall = piece }));
                break;
            case FunctionCallContent call:
                var whole = new ToolCallPiece(_calls++) { CallId = call.CallId, Name = call.Name, Arguments = ToolArguments.TextOf(call) };
                batch.Add(new AnswerPiece("", new AnswerExtras { Choice = index, ToolCall = whole }));
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
    }

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
