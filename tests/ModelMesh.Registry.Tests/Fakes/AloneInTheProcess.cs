using Xunit;

namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>
/// For tests that measure this very process: nothing else may run in it. That goes for what one thread allocates, too: meters are the process's, so a listener
/// of another test would be called, and allocate, on that thread.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}
