using ModelMesh.LocalHosting;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>A fact that needs the Aspire dashboard, found as AppHost finds it; skipped with the reason where there is none.</summary>
internal sealed class OnDashboardFactAttribute : FactAttribute
{
    public OnDashboardFactAttribute() => Skip = AspireCli.Find() is null ? "No Aspire CLI is on this machine, so there is no dashboard" : null;
}
