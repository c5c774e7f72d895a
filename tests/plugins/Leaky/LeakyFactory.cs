using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(Leaky.LeakyFactory))]

namespace Leaky;

/// <summary>Says its secret wherever a plugin can say anything but its answer. The key is <c>api_key</c>, or the type's default.</summary>
public sealed class LeakyFactory : IBackendFactory
{
    public string Type => "leaky";

    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var reader = settings.Reader();
        var configuration = (IConfiguration)services.GetService(typeof(IConfiguration))!;
        var configured = configuration["Backends:leaky:ApiKey"];
        var key = reader.Secret("api_key") ?? (configured is not null && configured.StartsWith("file:", StringComparison.Ordinal) ? settings.ResolveSecret(configured) : configured);
        var refuse = reader.Text("refuse");
        var disposesBadly = reader.Flag("disposes_badly") && settings.Revision > 0;
        if (refuse == "settings")
        {
            reader.Fault("api_key", $"the key {key} was refused");
        }

        reader.Done();
        return refuse is "unexpectedly" || (refuse is "later" && settings.Revision > 0)
            ? throw new InvalidOperationException($"the key {key} does not fit", new TimeoutException($"with {key}"))
            : new LeakyBackend(key ?? "", disposesBadly, ((ILoggerFactory)services.GetService(typeof(ILoggerFactory))!).CreateLogger("Leaky"));
    }
}
