using ModelMesh.Cli.Running;
using ModelMesh.Cli.Terminals;

using var over = new CancellationTokenSource();
using var interrupts = new Interrupts(over.Cancel);
var terminal = new SystemTerminal(interrupts, TimeProvider.System);
return await MeshProgram.RunAsync(args, new CliHost(terminal, Environment.GetEnvironmentVariable, TimeProvider.System), over.Token);
