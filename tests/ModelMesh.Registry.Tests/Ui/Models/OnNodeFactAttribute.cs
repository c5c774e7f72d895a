using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>A test that needs <c>node</c>; it skips where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnNodeFactAttribute : FactAttribute
{
    public OnNodeFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "node"))))
        {
            Skip = "node is not on PATH; the scripts' arithmetic is tested where it is";
        }
    }
}
