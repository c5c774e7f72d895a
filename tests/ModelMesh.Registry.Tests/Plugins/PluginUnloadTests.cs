using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.ModelHealth;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class PluginUnloadTests
{
    private static readonly ChatMessage[] TwoTokens = [new(ChatRole.User, "2,1")];

    [Fact]
    public async Task Look_TheFolderWasReplaced_TheOldContextUnloadsOnceItsLastStreamHasEnded()
    {
        await using var bench = new PluginBench();
        bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await bench.LookAsync();
        var model = bench.Catalog.Put(TestModel.Of("good"));
        bench.Runtimes.Reconcile();

        var old = await ReplaceWhilePinnedAsync(bench, model);

        Assert.Equal("v2v2", await AnswerAsync(bench, model.Id));
        await Eventually.HoldsAsync(() => IsCollected(old), "the old build's context is collected");
    }

    [Fact]
    public async Task Look_TheFolderIsGone_ItsContextUnloads()
    {
        await using var bench = new PluginBench();
        bench.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await bench.LookAsync();
        var context = await ContextOfAsync(bench, bench.Catalog.Put(TestModel.Of("good")).Id);
        Directory.Delete(bench.Folders["Good"], recursive: true);
        await bench.LookAsync();
        bench.Runtimes.Reconcile();

        await Eventually.HoldsAsync(() => IsCollected(context), "the removed plugin's context is collected");
    }

    [Theory]
    [InlineData("healthy")]
    [InlineData("throw a secret")]
    [InlineData("hang")]
    [InlineData("deaf")]
    public async Task Look_TheFolderIsGoneAfterAProbe_ItsContextUnloadsWhateverTheCheckDid(string how)
    {
        using var patient = new PatientControl();
        patient.Set("health", how);
        patient.Set("details", """{"queue":3}""");
        await using var bench = new PluginBench();
        bench.Folders.Drop(TestPlugin("Patient"), "Patient");
        await bench.LookAsync();
        var check = new BackendCheck(Options.Create(new HealthOptions { ProbeTimeout = TimeSpan.FromMilliseconds(100) }), TimeProvider.System);
        var (context, finding) = await ProbeAsync(bench, check, bench.Catalog.Put(TestModel.Of("patient", patient.Backend)).Id);
        Directory.Delete(bench.Folders["Patient"], recursive: true);
        await bench.LookAsync();
        bench.Runtimes.Reconcile();

        await Eventually.HoldsAsync(() => IsCollected(context), "the removed plugin's context is collected");
        Assert.Equal(how == "healthy" ? "healthy" : how.StartsWith("throw", StringComparison.Ordinal) ? "error" : "timeout", finding!.Outcome);
        GC.KeepAlive(check);
    }

    [Fact]
    public async Task Look_ThePluginIsRefused_NothingOfItStaysLoaded()
    {
        await using var bench = new PluginBench();
        bench.Folders.Drop(TestPlugin("NoAttribute"), "NoAttribute");
        await bench.LookAsync();

        await Eventually.HoldsAsync(() => !IsLoaded("NoAttribute"), "the refused plugin's context is collected");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ReplaceWhilePinnedAsync(PluginBench bench, ModelVersion model)
    {
        var context = await ContextOfAsync(bench, model.Id);
        Assert.Equal("v1v1", await AnswerAsync(bench, model.Id));
        var pinned = await bench.Runtimes.PinAsync(model.Id, CancellationToken.None);

        bench.Folders.Drop(TestPlugin("GoodV2"), "Good");
        await bench.LookAsync();
        bench.Runtimes.Reconcile();
        Assert.Equal("v2v2", await AnswerAsync(bench, model.Id));

        // A stream that began before runs on, on the build it began on.
        IsCollected(context);
        Assert.Equal("v1v1", (await pinned.Backend.Chat.GetResponseAsync(TwoTokens)).Text);
        Assert.True(context.IsAlive);
        pinned.Unpin();
        await pinned.Disposed;
        return context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(WeakReference Context, HealthFinding? Finding)> ProbeAsync(PluginBench bench, BackendCheck check, ModelId id)
    {
        var context = await ContextOfAsync(bench, id);
        return (context, await check.RunAsync(bench.Runtimes.Find(id)!, CancellationToken.None));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<string> AnswerAsync(PluginBench bench, ModelId id)
    {
        var runtime = await bench.Runtimes.PinAsync(id, CancellationToken.None);
        try
        {
            return (await runtime.Backend.Chat.GetResponseAsync(TwoTokens)).Text;
        }
        finally
        {
            runtime.Unpin();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ContextOfAsync(PluginBench bench, ModelId id)
    {
        var runtime = await bench.Runtimes.PinAsync(id, CancellationToken.None);
        var context = AssemblyLoadContext.GetLoadContext(runtime.Backend.GetType().Assembly);
        Assert.True(context!.IsCollectible);
        runtime.Unpin();
        return new WeakReference(context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsLoaded(string name)
    {
        Collect();
        return AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == name);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsCollected(WeakReference context)
    {
        Collect();
        return !context.IsAlive;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
