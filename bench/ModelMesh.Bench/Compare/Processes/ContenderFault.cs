namespace ModelMesh.Bench.Compare.Processes;

/// <summary>A contender cannot be measured; the message says why.</summary>
internal sealed class ContenderFault(string message) : Exception(message);
