using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class RateLimitTests : IDisposable
{
    private readonly PatientControl _patient = new();

    public void Dispose() => _patient.Dispose();

    [Fact]
    public async Task Infer_TheUpstreamAskedToWait_RefusedWithoutACallOrASlotUntilThen()
    {
        await using var registry = await StartAsync();
        registry.Put(TestModel.Of("patient", _patient.Backend));
        _patient.Set("chat", "RateLimited 4000");
        using (var limited = registry.Infer())
        {
            Assert.Equal((ErrorCode.RateLimited, 4000), Told(await limited.FailedAsync()));
        }

        // The upstream would answer again, but nobody asks it; and without the store there could be no slot.
        _patient.Set("chat", "ok");
        registry.Leases.Away = true;
        using (var held = registry.Infer())
        {
            var (code, left) = Told(await held.FailedAsync());
            Assert.Equal(ErrorCode.RateLimited, code);
            Assert.InRange(left, 1, 3999);
        }

        Assert.Equal(1, _patient.Calls);
        registry.Leases.Away = false;
        await Eventually.HoldsAsync(async () => await CompletesAsync(registry), TimeSpan.FromSeconds(20), "it is served again");
        Assert.Equal(2, _patient.Calls);
    }

    [Fact]
    public async Task Infer_ANewRevisionWasPut_IsNotHeldByTheOldOnesLimit()
    {
        await using var registry = await StartAsync();
        registry.Put(TestModel.Of("patient", _patient.Backend));
        _patient.Set("chat", "RateLimited 60000");
        Assert.False(await CompletesAsync(registry));
        Assert.False(await CompletesAsync(registry));
        _patient.Set("chat", "ok");

        // Put through another replica: this one has yet to hear of it.
        registry.Leases.Open(registry.Catalog.Put(TestModel.Of("patient", _patient.Backend), elsewhere: true));

        Assert.True(await CompletesAsync(registry));
    }

    [Fact]
    public async Task Infer_ARateLimitWithoutAWait_HoldsNothing()
    {
        await using var registry = await StartAsync();
        registry.Put(TestModel.Of("patient", _patient.Backend) with { Resilience = new ModelResilience { MaxRetries = 0 } });
        _patient.Set("chat", "RateLimited");
        Assert.False(await CompletesAsync(registry));
        Assert.False(await CompletesAsync(registry));

        Assert.Equal(2, _patient.Calls);
    }

    private static async Task<TestRegistry> StartAsync()
    {
        var folders = new PluginFolders();
        folders.Drop(TestPlugin("Patient"), "Patient");
        return await TestRegistry.StartAsync(folders);
    }

    private static async Task<bool> CompletesAsync(TestRegistry registry)
    {
        using var call = registry.Infer();
        return await call.Ended is null;
    }

    private static (ErrorCode Code, int Left) Told(MeshException error) => (error.Code, (int)error.RetryAfter!.Value.TotalMilliseconds);
}
