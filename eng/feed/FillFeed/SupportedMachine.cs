using System.Runtime.InteropServices;

namespace ModelMesh.Feed;

/// <summary>The assemblies come out of a program that has to unpack itself, and that program is for Linux x64 with glibc.</summary>
internal static class SupportedMachine
{
    public static void Check()
    {
        if (RuntimeInformation.RuntimeIdentifier != "linux-x64")
        {
            throw new FeedException(
                $"This NuGet source lacks Aspire and gRPC, and what stands in for them can be had on Linux x64 (glibc) only, not on {RuntimeInformation.RuntimeIdentifier}. " +
                "Use a NuGet source that has all of nuget.org and delete artifacts/feed, or copy artifacts/feed from a clone built on Linux x64.");
        }
    }
}
