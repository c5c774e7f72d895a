using Xunit;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>Why AppHost cannot be tested as a process here, or null: what starts, prints and stops is the launcher's own.</summary>
internal static class Launcher
{
    public static string? WhyNot { get; } = Find();

    private static string? Find() =>
        File.ReadAllText(Path.ChangeExtension(Repository.Assembly("ModelMesh.AppHost"), ".deps.json")).Contains("ModelMesh.LocalHosting", StringComparison.Ordinal)
            ? null
            : "AppHost is built against .NET Aspire here, whose orchestrator starts and stops what it runs";
}

/// <summary>A fact about AppHost over LocalHosting; skipped with the reason where it runs in Aspire.</summary>
internal sealed class OnLauncherFactAttribute : FactAttribute
{
    public OnLauncherFactAttribute() => Skip = Launcher.WhyNot;
}

/// <summary>The same for a theory.</summary>
internal sealed class OnLauncherTheoryAttribute : TheoryAttribute
{
    public OnLauncherTheoryAttribute() => Skip = Launcher.WhyNot;
}
