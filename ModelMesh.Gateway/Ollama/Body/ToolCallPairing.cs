namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>
/// Which call a tool's message answers. Backends pair the two by ids, which Ollama's clients need not send: calls without one are given one, in order.
/// One per request.
/// </summary>
internal sealed class ToolCallPairing
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<(string Id, string Name)> _unanswered = [];

    /// <summary>The id of a call that an assistant's message holds.</summary>
    public string Called(string? id, string name)
    {
        if (string.IsNullOrEmpty(id))
        {
            id = NewId();
        }

        _ids.Add(id);
        _unanswered.Add((id, name));
        return id;
    }

    /// <summary>
    /// The id of the call that a tool's message answers; null when it is none of those before.
    /// 1. The id says it.
    /// 2. The tool's name says it, for the first of its calls that has no answer yet.
    /// 3. Neither is there: the first call of all that has none.
    /// </summary>
    public string? Answered(string? id, string? toolName)
    {
        // 1
        if (!string.IsNullOrEmpty(id))
        {
            _unanswered.RemoveAll(call => call.Id == id);
            return _ids.Contains(id) ? id : null;
        }

        // 2, 3
        var index = _unanswered.FindIndex(call => string.IsNullOrEmpty(toolName) || call.Name == toolName);
        if (index < 0)
        {
            return null;
        }

        var answered = _unanswered[index].Id;
        _unanswered.RemoveAt(index);
        return answered;
    }

    private string NewId()
    {
        for (var number = _ids.Count; ; number++)
        {
            var id = $"call_{number}";
            if (!_ids.Contains(id))
            {
                return id;
            }
        }
    }
}
