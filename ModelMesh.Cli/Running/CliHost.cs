using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Running;

/// <summary>What the program has from outside; tests give their own.</summary>
/// <param name="Terminal">Where it reads and writes.</param>
/// <param name="Variable">The environment.</param>
/// <param name="Time">The clock.</param>
internal sealed record CliHost(ITerminal Terminal, Func<string, string?> Variable, TimeProvider Time);
