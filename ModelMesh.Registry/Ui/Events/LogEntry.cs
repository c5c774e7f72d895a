namespace ModelMesh.Registry.Ui.Events;

/// <summary>Something that changed in the mesh.</summary>
/// <param name="Number">Its place in this replica's log, from 1.</param>
/// <param name="Subject">What kind of thing: <c>model</c>, <c>weights</c>, <c>rollout</c>, <c>alias</c>, <c>rule</c>, <c>routing</c>, <c>limit</c>, <c>caller</c>, <c>plugin</c> or <c>instance</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Action">What happened to it, one word or two.</param>
/// <param name="Text">What it came to, for people; empty where the action says all.</param>
/// <param name="Path">Its page in the UI; null where it has none, or is gone.</param>
/// <param name="IsTrouble">Whether somebody should look.</param>
public sealed record LogEntry(long Number, DateTimeOffset At, string Subject, string Name, string Action, string Text, string? Path, bool IsTrouble);
