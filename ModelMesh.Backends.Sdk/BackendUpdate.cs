using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>An update with what <see cref="ChatResponseUpdate"/> has no place for. Any update will do where none of it is needed.</summary>
public class BackendUpdate : ChatResponseUpdate
{
    /// <summary>Makes an update without contents.</summary>
    public BackendUpdate()
    {
    }

    /// <summary>Makes an update of one text.</summary>
    public BackendUpdate(ChatRole? role, string? content)
        : base(role, content)
    {
    }

    /// <summary>Makes an update of contents.</summary>
    public BackendUpdate(ChatRole? role, IList<AIContent>? contents)
        : base(role, contents)
    {
    }

    /// <summary>Which of the request's <c>n</c> answers this belongs to, from 0 on; the finish reason, too, is that one's.</summary>
    public int Choice { get; set; }

    /// <summary>The log probabilities of the tokens in this update's text; null when none were asked for.</summary>
    public IReadOnlyList<TokenLogProbability>? LogProbabilities { get; set; }

    /// <summary>How many chunks of the upstream's stream could not be read and were skipped, since the update before. They are counted and told to the caller.</summary>
    public int SkippedChunks { get; set; }
}
