using ModelMesh.ServiceDefaults.Telemetry;
using Xunit;

namespace ModelMesh.Registry.Tests.Telemetry;

public sealed class ServiceIdentityTests
{
    [Theory]
    [InlineData(null, null, "service.instance.id=p service.name=modelmesh-gateway")]
    [InlineData("edge", null, "service.instance.id=p")]
    [InlineData(null, "service.name=edge,deployment.environment.name=test", "service.instance.id=p")]
    [InlineData("edge", " service.instance.id=edge-1 ", "")]
    [InlineData("", "service.instance.ids=x", "service.instance.id=p service.name=modelmesh-gateway")]
    public void Missing_IsWhatTheStandardVariablesDoNotSay(string? name, string? attributes, string expected)
    {
        var missing = ServiceIdentity.Missing(name, attributes, "ModelMesh.Gateway", "p");

        Assert.Equal(expected, string.Join(' ', missing.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
    }
}
