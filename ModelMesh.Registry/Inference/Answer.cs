using Microsoft.Extensions.AI;

namespace ModelMesh.Registry.Inference;

/// <summary>Reads a backend's updates: the token in each, and what they say of the answer as a whole.</summary>
internal sealed class Answer
{
    private string? _finishReason;
    private UsageDetails? _usage;

    /// <summary>The update's text, empty when it has none.</summary>
    public string Read(ChatResponseUpdate update)
    {
        if (update.FinishReason is { } reason)
        {
            _finishReason = reason.Value;
        }

        // Nearly every update is one piece of text.
        var contents = update.Contents;
        if (contents.Count == 1 && contents[0] is TextContent only)
        {
            return only.Text;
        }

        for (var index = 0; index < contents.Count; index++)
        {
            if (contents[index] is UsageContent usage)
            {
                (_usage ??= new UsageDetails()).Add(usage.Details);
            }
        }

        return update.Text;
    }

    /// <summary>What the backend counted, and the tokens that went out where it did not.</summary>
    public Completion Complete(long tokens)
    {
        var input = _usage?.InputTokenCount ?? 0;
        var output = _usage?.OutputTokenCount ?? tokens;
        return new Completion(_finishReason ?? "stop", input, output, _usage?.TotalTokenCount ?? (input + output));
    }
}
