using System.Globalization;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules.Deploy;

/// <summary>The compose file fits the services it starts. That it is a compose file is checked by compose itself (docs/deploy.md).</summary>
public sealed class ComposeTests
{
    private static readonly YamlMappingNode Services = (YamlMappingNode)DeployFiles.Yaml("compose", "compose.yaml")["services"];

    [Fact]
    public void Variables_OfTheServices_AreSettingsThatTheReadmeHas() =>
        Assert.All(DeployFiles.SettingsIn(DeployFiles.Read("compose", "compose.yaml")), name => Assert.True(DeployFiles.IsSetting(name), name));

    [Theory]
    [InlineData("gateway-1")]
    [InlineData("gateway-2")]
    [InlineData("registry-1")]
    [InlineData("registry-2")]
    public void Service_ThatIsStopped_HasTimeForItsDelayAndItsStreams(string name)
    {
        var environment = Services[name]["environment"];
        var needed = DeployFiles.Time(environment["Shutdown__Delay"].ToString()) + DeployFiles.Time(environment["Shutdown__Grace"].ToString()) + DeployFiles.AfterGrace;

        Assert.True(Seconds(Services[name]["stop_grace_period"].ToString()) >= needed);
        Assert.True(Seconds(Services["balancer"]["stop_grace_period"].ToString()) >= needed);
    }

    [Theory]
    [InlineData("gateway-1", 8080, "ModelMesh.Gateway.dll")]
    [InlineData("gateway-2", 8080, "ModelMesh.Gateway.dll")]
    [InlineData("registry-1", 8081, "ModelMesh.Registry.dll")]
    [InlineData("registry-2", 8081, "ModelMesh.Registry.dll")]
    public void Service_IsCheckedAndBalancedAtItsOwnPort(string name, int port, string assembly)
    {
        Assert.Equal(["CMD", "dotnet", assembly, "--check-health", $"http://127.0.0.1:{port}/health"], Texts(Services[name]["healthcheck"]["test"]));
        Assert.Contains($"server {name} {name}:{port} check\n", DeployFiles.Read("compose", "haproxy.cfg"), StringComparison.Ordinal);
        Assert.Contains($"{name}:{port}", DeployFiles.Read("compose", "prometheus.yml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry-1")]
    [InlineData("registry-2")]
    public void Registry_TellsGatewaysTheNameItHasInTheNetwork(string name) => Assert.Equal(name, Services[name]["environment"]["Instances__AdvertisedHost"].ToString());

    [Fact]
    public void Services_OfOurs_RunWithoutRightsOnAReadOnlyRoot()
    {
        foreach (var name in (string[])["gateway-1", "gateway-2", "registry-1", "registry-2", "balancer"])
        {
            Assert.Equal("true", Services[name]["read_only"].ToString());
            Assert.Equal(["ALL"], Texts(Services[name]["cap_drop"]));
            Assert.Equal(["no-new-privileges:true"], Texts(Services[name]["security_opt"]));
        }
    }

    [Fact]
    public void AdminApi_IsPublishedForThisMachineAlone() =>
        Assert.All(Texts(Services["balancer"]["ports"]).Where(port => port.EndsWith(":8081", StringComparison.Ordinal)), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public void Mounts_OfFilesBesideIt_Exist()
    {
        var mounts = Services.Children.Values.OfType<YamlMappingNode>().Where(service => service.Children.ContainsKey("volumes")).SelectMany(service => Texts(service["volumes"]));
        var files = mounts.Where(mount => mount.StartsWith("./", StringComparison.Ordinal)).Select(mount => Path.Combine(DeployFiles.Folder, "compose", mount.Split(':')[0])).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(Path.Exists(file), file));
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(int.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture));

    private static IEnumerable<string> Texts(YamlNode list) => ((YamlSequenceNode)list).Select(node => node.ToString());
}
