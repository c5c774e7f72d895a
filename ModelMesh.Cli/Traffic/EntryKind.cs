using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Traffic;

/// <summary>A kind of traffic entry, with what its commands share: the list (by itself and as <c>list</c>), <c>show</c>, <c>set</c> and <c>delete</c>.</summary>
/// <param name="Collection">The path, e.g. <c>aliases</c>.</param>
/// <param name="One">What one is called, e.g. <c>alias</c>.</param>
/// <param name="List">Shows the list.</param>
internal sealed record EntryKind(string Collection, string One, Action<CommandContext, ApiAnswer> List);
