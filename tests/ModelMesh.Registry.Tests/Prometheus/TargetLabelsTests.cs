using ModelMesh.ServiceDefaults.Prometheus;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

public sealed class TargetLabelsTests
{
    [Theory]
    [InlineData(null, null, "service_name=\"modelmesh-gateway\",service_version=\"1.2.3\"")]
    [InlineData("edge", "service.name=other,deployment.environment=a%20b", "deployment_environment=\"a b\",service_name=\"edge\",service_version=\"1.2.3\"")]
    [InlineData(null, "service.name=other,service.version=9,service.instance.id=one", "service_instance_id=\"one\",service_name=\"other\",service_version=\"9\"")]
    public void Of_StandardVariables_SayWhatTheProcessIs(string? name, string? attributes, string labels) =>
        Assert.Equal(labels, TargetLabels.Of(name, attributes, "ModelMesh.Gateway", "1.2.3"));
}
