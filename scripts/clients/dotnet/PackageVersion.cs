using System.Reflection;

namespace ModelMesh.Scripts.Clients;

/// <summary>The version that a package's assembly says it is.</summary>
internal static class PackageVersion
{
    public static string Of<T>() => typeof(T).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
