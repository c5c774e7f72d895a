using Microsoft.Extensions.Configuration;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting;

/// <summary>
/// The running application: starts every resource once those it waits for are healthy, and stops all of them, those that others wait for last.
/// Not thread-safe, but for <see cref="ResourceNotifications"/>.
/// </summary>
public sealed class DistributedApplication : IAsyncDisposable
{
    private readonly IReadOnlyList<Resource> _resources;
    private readonly IConfiguration _configuration;
    private readonly LaunchOutput _output;
    private readonly HealthProbe _probe = new();
    private readonly CancellationTokenSource _stopping = new();
    private IReadOnlyList<ResourceRunner> _runners = [];
    private IOrphanGuard? _guard;
    private DashboardProcess? _dashboard;
    private bool _isDisposed;
    private Task _starting = Task.CompletedTask;

    internal DistributedApplication(IReadOnlyList<Resource> resources, IConfiguration configuration, LaunchOutput output)
    {
        _resources = resources;
        _configuration = configuration;
        _output = output;
        ResourceNotifications = new ResourceNotifications(resources);
    }

    public ResourceNotifications ResourceNotifications { get; }

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => TestingHook.Current is { } hook
        ? hook.CreateBuilder(args)
        : new DistributedApplicationBuilder(args, DistributedApplicationBuilder.DirectoryOf(System.Reflection.Assembly.GetEntryAssembly()));

    /// <summary>Starts everything and returns; <see cref="ResourceNotifications"/> tell when it is healthy.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var resource in _resources.OfType<ProcessResource>())
        {
            resource.Endpoints.ForEach(endpoint => endpoint.Allocate(resource.Replicas));
        }

        _guard = IOrphanGuard.Start();
        _dashboard = DashboardProcess.TryStart(DashboardSettings.From(_configuration), _guard, _output);
        var context = new LaunchContext(_output, _guard, _probe, _dashboard?.OtlpAddress);
        _runners = [.. _resources.OfType<ProcessResource>().Select(resource => new ResourceRunner(resource, context))];
        _starting = Task.WhenAll([
            .. _runners.Select(runner => runner.StartAsync(_stopping.Token)),
            .. _resources.OfType<ConnectionStringResource>().Select(resource => resource.SettleAsync(_stopping.Token))]);
        return Task.CompletedTask;
    }

    /// <summary>Starts everything, prints the addresses, and runs until Ctrl+C or SIGTERM, or until the process that started this one is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var end = new RunEnd(_output, cancellationToken);
        try
        {
            await StartAsync(end.Token);
            await WaitForAllHealthyAsync(end.Token);
            foreach (var line in AddressTable.Lines(_runners.Select(runner => runner.Resource), _dashboard?.Address))
            {
                _output.WriteLine(line);
            }

            await end.WaitAsync();
        }
        catch (OperationCanceledException) when (end.Token.IsCancellationRequested)
        {
            // Stopped while it was starting.
        }
        catch (LaunchException fault)
        {
            _output.WriteLine($"The start failed: {fault.Message}");
            Environment.ExitCode = 1;
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _stopping.CancelAsync();
        await StopSequence.RunAsync(_runners, () => _dashboard?.StopAsync() ?? Task.CompletedTask);
        try
        {
            await _starting.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It was still starting; it is stopped now.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await StopAsync();
        foreach (var runner in _runners)
        {
            runner.Dispose();
        }

        _guard?.Dispose();
        _probe.Dispose();
        _stopping.Dispose();
    }

    internal ResourceRunner Runner(string resourceName) => _runners.Single(runner => runner.Resource.Name == resourceName);

    internal ConnectionStringResource ConnectionString(string name) => _resources.OfType<ConnectionStringResource>().Single(resource => resource.Name == name);

    private async Task WaitForAllHealthyAsync(CancellationToken cancellationToken)
    {
        // The first failure counts, not the last: others may wait for the failed one for ever.
        await foreach (var healthy in Task.WhenEach(_runners.Select(runner => runner.Resource.Health.WaitAsync(cancellationToken))))
        {
            await healthy;
        }
    }
}
