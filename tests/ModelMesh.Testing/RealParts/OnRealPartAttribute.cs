using Xunit;

namespace ModelMesh.Testing.RealParts;

/// <summary>A test against a server, or with a client, that others wrote; skipped with the reason where it is not installed.</summary>
public sealed class OnRealPartAttribute : FactAttribute
{
    public OnRealPartAttribute(RealPart part) => Skip = InstalledParts.Missing(part);
}
