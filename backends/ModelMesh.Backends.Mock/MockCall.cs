namespace ModelMesh.Backends.Mock;

/// <summary>One call in the journal. Disposed without an end having been written, it was cancelled.</summary>
internal sealed class MockCall(MockJournal journal, int number, string? requestId) : IDisposable
{
    private bool _ended;

    public int Number { get; } = number;

    public string? RequestId { get; } = requestId;

    public void FirstToken() => journal.FirstToken(this);

    public void Completed() => End("completed");

    public void Failed() => End("failed");

    public void Dispose() => End("cancelled");

    private void End(string how)
    {
        if (!_ended)
        {
            _ended = true;
            journal.End(how, this);
        }
    }
}
