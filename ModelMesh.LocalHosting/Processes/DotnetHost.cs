using System.Runtime.InteropServices;

namespace ModelMesh.LocalHosting;

internal static class DotnetHost
{
    /// <summary>The dotnet this process runs on, whatever PATH says: shared/Microsoft.NETCore.App/x.y.z lies three folders below it.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(path) ? path : name;
    }
}
