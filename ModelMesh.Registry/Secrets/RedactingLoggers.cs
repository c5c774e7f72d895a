namespace ModelMesh.Registry.Secrets;

/// <summary>The loggers that a backend gets: what they write holds none of its secrets.</summary>
internal sealed class RedactingLoggers(ILoggerFactory inner, KnownSecrets secrets) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName), secrets);

    /// <summary>Not for a plugin: providers see everything that is logged here.</summary>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("A plugin cannot add a log provider.");

    public void Dispose()
    {
        // The host's own, and every other backend's.
    }
}
