namespace ModelMesh.Registry.Plugins;

internal sealed partial class PluginHost
{
    private void Log(PluginEntry entry)
    {
        if (entry.State == PluginState.Removed)
        {
            Removed(logger, entry.Folder.Name, entry.Type);
        }
        else if (entry.Error is { } reason)
        {
            Failed(logger, entry.Folder.Name, reason);
        }
        else if (entry.Build is { } build)
        {
            Loaded(logger, entry.Folder.Name, build.Type, build.Version);
        }
    }

    [LoggerMessage(EventId = 203, EventName = "PluginLoaded", Level = LogLevel.Information, Message = "Plugin {Plugin} serves backend type {BackendType}, version {PluginVersion}")]
    private static partial void Loaded(ILogger logger, string plugin, string backendType, string pluginVersion);

    [LoggerMessage(EventId = 204, EventName = "PluginFailed", Level = LogLevel.Warning, Message = "Plugin {Plugin} was not loaded: {Reason}")]
    private static partial void Failed(ILogger logger, string plugin, string reason);

    [LoggerMessage(EventId = 205, EventName = "PluginRemoved", Level = LogLevel.Information, Message = "Plugin {Plugin} of backend type {BackendType} was removed")]
    private static partial void Removed(ILogger logger, string plugin, string? backendType);
}
