using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ModelMesh.Bench.Benchmarks;
using ModelMesh.Testing.Store;

namespace ModelMesh.Bench.Micro;

/// <summary>Runs the benchmarks of the services' own parts.</summary>
internal static class MicroCommand
{
    private static readonly Type[] Benchmarks =
    [
        typeof(TokenPathBenchmarks),
        typeof(InferSseBenchmarks),
        typeof(ChatSseBenchmarks),
        typeof(RequestBenchmarks),
        typeof(ProtoBenchmarks),
        typeof(RouterBenchmarks),
        typeof(SnapshotBenchmarks),
    ];

    /// <returns>The exit code: 0 when everything that was chosen has its figures.</returns>
    public static int Run(string filter, TextWriter output, TextWriter errors)
    {
        // In this process: a program of its own would be built with everything that the two services are made of, which takes minutes.
        var config = new BenchmarkConfig(warmups: 20, iterations: 40, InProcessEmitToolchain.Instance);
        var hasStore = RedisProgram.Find() is not null;
        var exitCode = BenchmarkRun.Run(hasStore ? [.. Benchmarks, typeof(LeaseBenchmarks)] : Benchmarks, filter, config, errors);
        if (!hasStore)
        {
            output.WriteLine("Skipped: the lease scripts, which need redis-server or valkey-server on PATH.");
        }

        return exitCode;
    }
}
