namespace ModelMesh.LocalHosting;

/// <summary>
/// Services first, all at once, then the executables they keep their data in, so that a service can still write while it says good-bye.
/// What collects telemetry goes with the latter. Together at most ten seconds.
/// </summary>
internal static class StopSequence
{
    private static readonly TimeSpan ServiceGrace = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan StoreGrace = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(IReadOnlyList<ResourceRunner> runners, Func<Task> stopTelemetry)
    {
        await Task.WhenAll(runners.Where(runner => !IsStore(runner)).Select(runner => runner.StopAsync(ServiceGrace)));
        await Task.WhenAll([.. runners.Where(IsStore).Select(runner => runner.StopAsync(StoreGrace)), stopTelemetry()]);
    }

    private static bool IsStore(ResourceRunner runner) => runner.Resource is ExecutableResource;
}
