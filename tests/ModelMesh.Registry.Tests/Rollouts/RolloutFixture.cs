using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

/// <summary>Two replicas over one store that drive in a hurry; each test has a model of its own.</summary>
public sealed class RolloutFixture : IAsyncLifetime
{
    internal static (string, string)[] Hurry { get; } =
        [("Rollouts:JudgeInterval", "00:00:00.05"), ("Rollouts:DriverTtl", "00:00:00.5"), ("Rollouts:TellInterval", "00:00:00.02"), ("Store:ReconcileInterval", "00:00:00.2")];

    internal TestReplica One { get; private set; } = null!;

    internal TestReplica Two { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var (server, prefix) = (await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix());
        One = await TestReplica.StartAsync(server, prefix, Hurry);
        Two = await TestReplica.StartAsync(server, prefix, Hurry);
    }

    public async Task DisposeAsync()
    {
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }
}

/// <summary>What rollout tests do with a replica.</summary>
internal static class RolloutCalls
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static async Task RegisterAsync(this TestReplica replica, string name, params (string Version, int Weight)[] versions)
    {
        foreach (var (version, weight) in versions)
        {
            await replica.Writer.RegisterAsync(TestReplica.Define(name, maxConcurrency: 10) with { Version = version, Weight = weight });
        }
    }

    /// <summary>Starts a rollout and returns its path.</summary>
    public static async Task<string> RollAsync(this TestReplica replica, string name, string fields)
    {
        var answer = await replica.Http.SendAsync(HttpMethod.Post, $"/models/{name}/rollouts", $$"""{"from":"v1","to":"v2",{{fields}}}""");
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.Status);
        return $"/models/{name}/rollouts/{answer.Body.GetProperty("request_id").GetString()}";
    }

    public static Task<AdminAnswer> SteerAsync(this TestReplica replica, string rollout, string what) => replica.Http.SendAsync(HttpMethod.Post, $"{rollout}/{what}", null);

    public static async Task<AdminAnswer> UntilAsync(this TestReplica replica, string rollout, string status, int? step = null)
    {
        var answer = await replica.Http.ReadAsync(rollout);
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    answer = await replica.Http.ReadAsync(rollout);
                    return answer.Body.GetProperty("status").GetString() == status && (step is null || answer.Body.GetProperty("step").GetInt32() >= step);
                },
                Soon,
                status);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"not {status} {step}: {answer.Body}");
        }

        return answer;
    }

    /// <summary>Requests to a version that end at this replica.</summary>
    public static void Serve(this TestReplica replica, string name, string version, int requests, bool fails = false)
    {
        for (var i = 0; i < requests; i++)
        {
            var failure = fails ? new Contracts.Errors.MeshException(Contracts.Errors.ErrorCode.BackendError) : null;
            replica.Get<RolloutTally>().Ended(new ModelId(name, version), isShadow: false, failure, isStopping: false, fails ? null : TimeSpan.FromMilliseconds(10));
        }
    }

    public static async Task<string> WeightsAsync(this TestReplica replica, string name) =>
        string.Join(' ', (await replica.Catalog.RefreshAsync(CancellationToken.None)).VersionsOf(name).Select(model => $"{model.Version}:{model.Weight}"));

    public static async Task<Rollout> NewestAsync(this TestReplica replica, string name) =>
        (await replica.Catalog.RefreshAsync(CancellationToken.None)).Traffic.Rollouts[name];
}
