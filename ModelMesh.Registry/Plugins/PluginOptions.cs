namespace ModelMesh.Registry.Plugins;

/// <summary>Where backend plugins are found and how closely their folders are watched (section <c>Plugins</c>).</summary>
internal sealed class PluginOptions
{
    /// <summary>
    /// Folders whose sub-folders are plugins; a relative one counts from the content root. Empty: <c>artifacts/backends</c> and <c>backends</c>
    /// of the clone or deployment. A root that does not exist yet is watched for.
    /// </summary>
    public IList<string> Roots { get; } = [];

    /// <summary>How often the roots are looked through, whatever the file system announced. From 50 ms to 1 minute.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a folder's files must have been unchanged before it is loaded, so that no half-copied folder is. At most 10 s.</summary>
    public TimeSpan QuietPeriod { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a plugin's own code may take to load, to make a model's backend, or to check its settings. More than 0, at most 1 minute.</summary>
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
