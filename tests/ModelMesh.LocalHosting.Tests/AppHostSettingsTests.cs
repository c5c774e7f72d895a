using Microsoft.Extensions.Configuration;
using ModelMesh.AppHost.Settings;
using ModelMesh.AppHost.Stores;

namespace ModelMesh.LocalHosting.Tests;

public sealed class AppHostSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modelmesh-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Check_SeveralWrongSettings_NamesThemAll()
    {
        var fault = Assert.Throws<AppHostFault>(() => SettingsCheck.Run(Configured(
            ("Ports:Gateway", "abc"), ("Ports:Registry", "65536"), ("Ports:RegistryGrpc", "-1"), ("Ports:Dashboard", ""), ("Dashboard:Enabled", "maybe"), ("Store:Kind", "Nope"))));

        Assert.Equal(
            ["Ports:Gateway is 'abc'", "Ports:Registry is '65536'", "Ports:RegistryGrpc is '-1'", "Ports:Dashboard is ''", "Dashboard:Enabled is 'maybe'", "Store:Kind is 'Nope'"],
            fault.Message.Split(Environment.NewLine).Select(line => line.Split(';')[0]));
    }

    [Fact]
    public void Check_StoreGivenWithoutConnectionString_NamesBothSettings() =>
        Assert.Equal(["Store:Kind is 'Given', but ConnectionStrings:redis is not set."], SettingsCheck.Faults(Configured(("Store:Kind", "given"))));

    [Fact]
    public void Check_ContainerWithoutAspire_SaysSo() =>
        Assert.Contains("needs Aspire", Assert.Single(SettingsCheck.Faults(Configured(("Store:Kind", "Container")))), StringComparison.Ordinal);

    [Fact]
    public void Check_RightSettings_FindsNothing() => Assert.Empty(SettingsCheck.Faults(Configured(
        ("Ports:Gateway", "0"), ("Ports:Registry", "8081"), ("Dashboard:Enabled", "false"), ("Store:Kind", "Given"), ("ConnectionStrings:redis", "127.0.0.1:6379"))));

    [Fact]
    public void DataFolder_HeldByAnotherMesh_NamesTheSettingAndTheFolder()
    {
        DataFolder.Open(Configured(("Store:DataDirectory", _folder)), _folder, "garnet");

        var fault = Assert.Throws<AppHostFault>(() => DataFolder.Open(Configured(("Store:DataDirectory", _folder)), _folder, "garnet"));

        Assert.StartsWith($"Store:DataDirectory: another mesh keeps its data in {Path.Combine(_folder, "garnet")}.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DataFolder_CannotBeMade_NamesTheSettingAndTheFolder()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, string.Empty);

        var fault = Assert.Throws<AppHostFault>(() => DataFolder.Open(Configured(("Store:DataDirectory", file)), _folder, "garnet"));

        Assert.StartsWith($"Store:DataDirectory: {Path.Combine(file, "garnet")} cannot be made", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Builder_AppSettingsOfTheAppHost_AreReadAndTheCommandLineWins()
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), """{"Ports":{"Gateway":"1234","Registry":"1235"}}""");

        var configuration = new DistributedApplicationBuilder(["--Ports:Registry=4321"], _folder).Configuration;

        Assert.Equal("1234", configuration["Ports:Gateway"]);
        Assert.Equal("4321", configuration["Ports:Registry"]);
    }

    private static IConfiguration Configured(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
