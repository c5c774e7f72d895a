namespace ModelMesh.Cli.Terminals;

/// <summary>Nobody reads standard output any more. Neither a failure that a command could report nor one of input and output that it might try again: it ends the run.</summary>
internal sealed class OutputGone(IOException reason) : Exception("Standard output is closed.", reason);
