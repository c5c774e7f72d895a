namespace ModelMesh.Registry.Ui.Events;

/// <summary>An entry that has no number yet.</summary>
internal sealed record LogDraft(string Subject, string Name, string Action, string Text = "", string? Path = null, bool IsTrouble = false)
{
    public LogEntry At(long number, DateTimeOffset time) => new(number, time, Subject, Name, Action, Text, Path, IsTrouble);
}
