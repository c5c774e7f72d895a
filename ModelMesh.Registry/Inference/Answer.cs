using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Inference;

/// <summary>Reads a backend's updates: the pieces in each, and what they say of the answer as a whole.</summary>
internal sealed class Answer(int choices)
{
    private readonly AnswerChoice[] _choices = [.. Enumerable.Range(0, choices).Select(index => new AnswerChoice(index))];
    private UsageDetails? _usage;

    /// <summary>What was read and has not been sent.</summary>
    public TokenBatch Batch { get; } = new();

    /// <summary>How many chunks the backend could not read and left out.</summary>
    public int SkippedChunks { get; private set; }

    /// <summary>Adds an update's pieces to the batch.</summary>
    public void Read(ChatResponseUpdate update)
    {
        var rich = update as BackendUpdate;
        SkippedChunks += rich?.SkippedChunks ?? 0;
        var choice = Choice(rich?.Choice ?? 0);
        if (update.FinishReason is { } reason)
        {
            choice.FinishReason = reason.Value;
        }

        // Nearly every update is one piece of text.
        var contents = update.Contents;
        var logProbabilities = rich?.LogProbabilities;
        if (contents.Count == 1 && logProbabilities is null && contents[0] is TextContent only)
        {
            choice.AddText(Batch, only.Text);
            return;
        }

        for (var index = 0; index < contents.Count; index++)
        {
            if (contents[index] is UsageContent usage)
            {
                (_usage ??= new UsageDetails()).Add(usage.Details);
            }
            else if (contents[index] is TextContent text)
            {
                choice.AddText(Batch, text.Text, logProbabilities);
                logProbabilities = null;
            }
            else
            {
                choice.Add(Batch, contents[index]);
            }
        }

        if (logProbabilities is { Count: > 0 })
        {
            choice.AddText(Batch, "", logProbabilities);
        }
    }

    /// <summary>The backend has ended the answer in good order. Adds what waited for the other half of a character that never came.</summary>
    /// <exception cref="BackendException">It sent fewer answers than were asked for, or nothing at all.</exception>
    public void End()
    {
        if (_choices.Count(choice => choice.HasCome) is var come && choices > 1 && come < choices)
        {
            throw new BackendException(BackendErrorKind.Protocol, $"The backend sent {come} of {choices} answers.");
        }

        foreach (var choice in _choices)
        {
            choice.End(Batch);
        }

        if (Batch.Total == 0 && !_choices.Any(choice => choice.HasFinishReason))
        {
            throw new BackendException(BackendErrorKind.Protocol, "The backend ended its answer without any content and without a finish reason.");
        }
    }

    /// <summary>What the backend counted, and the pieces that went out where it did not.</summary>
    public Completion Complete()
    {
        var input = _usage?.InputTokenCount ?? 0;
        var output = _usage?.OutputTokenCount ?? Batch.Total;
        return new Completion(_choices[0].FinishReason, input, output, _usage?.TotalTokenCount ?? (input + output))
        {
            UsageIsEstimated = _usage is not ({ InputTokenCount: not null } or { OutputTokenCount: not null } or { TotalTokenCount: not null }),
            CachedInputTokens = _usage?.CachedInputTokenCount,
            ReasoningTokens = _usage?.ReasoningTokenCount,
            FinishReasons = choices == 1 ? [] : [.. _choices.Select(choice => choice.FinishReason)],
            SkippedChunks = SkippedChunks,
        };
    }

    private AnswerChoice Choice(int index) => index >= 0 && index < _choices.Length
        ? _choices[index]
        : throw new BackendException(BackendErrorKind.Protocol, $"The backend sent a piece of answer {index}; {_choices.Length} were asked for.");
}
