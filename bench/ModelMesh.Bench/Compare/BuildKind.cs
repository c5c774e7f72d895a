using System.Reflection;

namespace ModelMesh.Bench.Compare;

/// <summary>How the bench, and with it the services that it starts, was built.</summary>
internal static class BuildKind
{
    /// <summary>The configuration, as <c>Release</c> or <c>Debug</c>.</summary>
    public static string Name { get; } = typeof(BuildKind).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
}
