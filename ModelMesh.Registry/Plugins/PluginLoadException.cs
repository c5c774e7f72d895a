namespace ModelMesh.Registry.Plugins;

/// <summary>A plugin folder that cannot be used, with the reason for an operator to read.</summary>
internal sealed class PluginLoadException(string reason, Exception? innerException = null) : Exception(reason, innerException);
